import { UserError } from "../../errors";

export interface Element {
  readonly symbol: string;
  /** Covalent radius, Å: Cordero et al., Dalton Trans. 2008, 2832 (carbon: sp3). */
  readonly covalent: number;
  /** Van der Waals radius, Å: Mantina et al., J. Phys. Chem. A 113, 5806, 2009 (Bondi's and theirs). */
  readonly vanDerWaals: number;
}

/** By atomic number: the main-group elements that drug-like molecules and their salts have. */
const ELEMENTS: Readonly<Record<number, Element>> = {
  1: { symbol: "H", covalent: 0.31, vanDerWaals: 1.1 },
  3: { symbol: "Li", covalent: 1.28, vanDerWaals: 1.81 },
  5: { symbol: "B", covalent: 0.84, vanDerWaals: 1.92 },
  6: { symbol: "C", covalent: 0.76, vanDerWaals: 1.7 },
  7: { symbol: "N", covalent: 0.71, vanDerWaals: 1.55 },
  8: { symbol: "O", covalent: 0.66, vanDerWaals: 1.52 },
  9: { symbol: "F", covalent: 0.57, vanDerWaals: 1.47 },
  11: { symbol: "Na", covalent: 1.66, vanDerWaals: 2.27 },
  12: { symbol: "Mg", covalent: 1.41, vanDerWaals: 1.73 },
  13: { symbol: "Al", covalent: 1.21, vanDerWaals: 1.84 },
  14: { symbol: "Si", covalent: 1.11, vanDerWaals: 2.1 },
  15: { symbol: "P", covalent: 1.07, vanDerWaals: 1.8 },
  16: { symbol: "S", covalent: 1.05, vanDerWaals: 1.8 },
  17: { symbol: "Cl", covalent: 1.02, vanDerWaals: 1.75 },
  19: { symbol: "K", covalent: 2.03, vanDerWaals: 2.75 },
  20: { symbol: "Ca", covalent: 1.76, vanDerWaals: 2.31 },
  32: { symbol: "Ge", covalent: 1.2, vanDerWaals: 2.11 },
  33: { symbol: "As", covalent: 1.19, vanDerWaals: 1.85 },
  34: { symbol: "Se", covalent: 1.2, vanDerWaals: 1.9 },
  35: { symbol: "Br", covalent: 1.2, vanDerWaals: 1.83 },
  50: { symbol: "Sn", covalent: 1.39, vanDerWaals: 2.17 },
  51: { symbol: "Sb", covalent: 1.39, vanDerWaals: 2.06 },
  52: { symbol: "Te", covalent: 1.38, vanDerWaals: 2.06 },
  53: { symbol: "I", covalent: 1.39, vanDerWaals: 1.98 },
  83: { symbol: "Bi", covalent: 1.48, vanDerWaals: 2.07 },
};

/** @throws UserError for an element that the table does not have */
export function element(atomicNumber: number): Element {
  const found = ELEMENTS[atomicNumber];
  if (found === undefined)
    throw new UserError(
      `Element ${atomicNumber} has no radius in the table of the molecule metrics, which goes by the main-group elements of drug-like molecules; leave the molecule out.`,
    );
  return found;
}
