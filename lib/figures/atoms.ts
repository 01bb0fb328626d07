/** How atoms are drawn: colours after Corey, Pauling and Koltun, by atomic number. */
const COLOURS: Readonly<Record<number, string>> = {
  1: "#e8e8e8",
  5: "#ffb5b5",
  6: "#404040",
  7: "#3050f8",
  8: "#e8201a",
  9: "#6abf40",
  14: "#c0a060",
  15: "#ff8000",
  16: "#e6c200",
  17: "#1fae1f",
  34: "#ffa100",
  35: "#a62929",
  53: "#7a1f9c",
};

export const atomColour = (atomicNumber: number): string => COLOURS[atomicNumber] ?? "#c060a0";

/** Radius of a drawn ball in ångström: smaller than an atom, so that bonds show. */
export const atomRadius = (atomicNumber: number): number =>
  atomicNumber === 1 ? 0.24 : atomicNumber <= 10 ? 0.38 : 0.48;

/** A conformer as figures take it. */
export interface DrawnConformer {
  /** N atomic numbers. */
  readonly atomicNumbers: readonly number[];
  /** Pairs of atoms, counted from 0. */
  readonly bonds: readonly (readonly [number, number])[];
  /** 3N coordinates in ångström; z points to the viewer. */
  readonly positions: readonly number[];
}

/** Conformers in rows and columns; an empty place is null. */
export interface ConformerTable {
  readonly columnTitles: readonly string[];
  readonly rows: readonly {
    readonly title: string;
    readonly cells: readonly (DrawnConformer | null)[];
  }[];
}

/** Half the width in ångström of the square about the origin that shows a conformer. */
export function reach({ positions, atomicNumbers }: DrawnConformer): number {
  const margin = 0.3 + Math.max(...atomicNumbers.map(atomRadius));
  // Two of three coordinates are seen, whichever way a scene is turned.
  return Math.max(3, ...positions.map(Math.abs)) + margin;
}
