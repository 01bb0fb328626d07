import type { Molecule as OclMolecule } from "openchemlib";
import { messageOf, UserError } from "../../errors";
import { checkMolecule } from "./check";
import { loadOpenChemLib } from "./loadOpenChemLib";
import type { Molecule } from "./molecule";
import { fromOpenChemLib } from "./openChemLib";
import { electronFault, valenceFault } from "./valence";

/**
 * The molecule of a SMILES with all its hydrogens: heavy atoms in the order of the string, then
 * hydrogens. Isotopes and stereochemistry are dropped. Aromatic bonds are those of OpenChemLib, which differ from
 * RDKit's in some heterocycles (pyridones, xanthines).
 * @param where the string comes from ("line 12 of drugs.csv"), for error messages
 * @throws UserError that names `where` and the string if it cannot be parsed, an atom has more bonds
 *   than its element allows, it is a radical, or `checkMolecule` refuses the molecule
 * @example
 * fromSmiles("CCO").atomicNumbers; // 6 6 8 1 1 1 1 1 1
 */
export function fromSmiles(smiles: string, where = "A SMILES"): Molecule {
  const refuse = (why: string) => new UserError(`${where}: the SMILES "${smiles}" ${why}.`);
  const fault = syntaxFault(smiles);
  if (fault) throw refuse(fault);
  const ocl = loadOpenChemLib();
  let parsed: OclMolecule;
  try {
    parsed = ocl.Molecule.fromSmiles(smiles, { noCoordinates: true });
    parsed.addImplicitHydrogens();
    parsed.ensureHelperArrays(ocl.Molecule.cHelperRings);
  } catch (error) {
    throw refuse(`cannot be parsed (${messageOf(error).replace(/^.*SmilesParser: /s, "")})`);
  }
  const molecule = fromOpenChemLib(parsed, smiles);
  const impossible = valenceFault(molecule) ?? electronFault(molecule) ?? valenceFaultOf(parsed);
  if (impossible) throw refuse(impossible);
  checkMolecule(molecule, `${where}: the molecule ${smiles}`);
  return molecule;
}

/** Errors that OpenChemLib ignores: it reads "C(" as methane and "*" as carbon. */
function syntaxFault(smiles: string): string | undefined {
  if (smiles === "") return "is empty";
  if (/\s/.test(smiles)) return "contains white space; give the SMILES alone";
  const stray = /[^A-Za-z0-9@+\-[\]()=#$:/\\.%]/.exec(smiles);
  if (stray) return `contains "${stray[0]}", which is neither an atom nor a bond of a molecule`;
  if (/%(?!\d\d)/.test(smiles)) return 'contains a "%" without two digits after it';
  if (/[=#(/\\:-]$/.test(smiles)) return "ends where an atom should follow";
  let open = 0;
  let bracket = false;
  for (const character of smiles) {
    if (character === "[" || character === "]") {
      if (bracket === (character === "[")) return "has unbalanced square brackets";
      bracket = !bracket;
    } else if (character === "(") open++;
    else if (character === ")" && --open < 0) break;
  }
  if (bracket) return "has unbalanced square brackets";
  return open === 0 ? undefined : "has unbalanced parentheses";
}

function valenceFaultOf(parsed: OclMolecule): string | undefined {
  for (let atom = 0; atom < parsed.getAllAtoms(); atom++)
    if (parsed.getOccupiedValence(atom) > parsed.getMaxValence(atom))
      return `gives atom ${atom} (${parsed.getAtomLabel(atom)}) ${parsed.getOccupiedValence(atom)} bonds`;
  return undefined;
}
