/** File stored with the real data: SMILES of each molecule, by number, as JSON. */
export const SMILES = "smiles.json";
