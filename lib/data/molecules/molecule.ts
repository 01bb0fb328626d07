/** Two atoms i < j, counted from 0, and the Kekulé order of their bond: 1, 2 or 3. */
export type Bond = readonly [number, number, number];

/** A molecule without coordinates, hydrogens explicit. N atoms, counted from 0. */
export interface Molecule {
  /** SMILES it was read from or compared with; "" if unknown. */
  readonly smiles: string;
  /** Name in its source. */
  readonly id?: string;
  /** N atomic numbers. */
  readonly atomicNumbers: Uint8Array;
  /** N formal charges. */
  readonly formalCharges: Int8Array;
  readonly bonds: readonly Bond[];
  /** [i, j] of the bonds that are aromatic. */
  readonly aromaticBonds: readonly (readonly [number, number])[];
}

/** One geometry of a molecule. */
export interface Conformer {
  /** 3N coordinates in ångström, x y z by atom. */
  readonly positions: Float64Array;
  /** Name in its source. */
  readonly name?: string;
  /** kcal/mol above the molecule's lowest conformer, if known. */
  readonly relativeEnergy?: number;
  /** exp(−E/kT)/Σ over the conformers of the molecule, if known. */
  readonly boltzmannWeight?: number;
}

/** A molecule and its conformers. */
export interface Ensemble {
  readonly molecule: Molecule;
  readonly conformers: readonly Conformer[];
}

/** Whether atoms, charges and bonds are the same, atom by atom. Ignores names and aromaticity. */
export function sameMolecule(a: Molecule, b: Molecule): boolean {
  const same = (x: ArrayLike<number>, y: ArrayLike<number>) =>
    x.length === y.length && Array.prototype.every.call(x, (value, k) => value === y[k]);
  const sorted = ({ bonds }: Molecule) =>
    [...bonds].sort((x, y) => x[0] - y[0] || x[1] - y[1]).flat();
  return (
    same(a.atomicNumbers, b.atomicNumbers) &&
    same(a.formalCharges, b.formalCharges) &&
    same(sorted(a), sorted(b))
  );
}

/** Formula such as "C2H6O": carbon and hydrogen first, then by symbol. */
export function formulaOf(atomicNumbers: ArrayLike<number>, symbols: readonly string[]): string {
  const counts = new Map<string, number>();
  for (let i = 0; i < atomicNumbers.length; i++) {
    const symbol = symbols[atomicNumbers[i]];
    counts.set(symbol, (counts.get(symbol) ?? 0) + 1);
  }
  const rank = (symbol: string) => (symbol === "C" ? "0" : symbol === "H" ? "1" : `2${symbol}`);
  return [...counts]
    .sort(([a], [b]) => (rank(a) < rank(b) ? -1 : 1))
    .map(([symbol, count]) => `${symbol}${count > 1 ? count : ""}`)
    .join("");
}
