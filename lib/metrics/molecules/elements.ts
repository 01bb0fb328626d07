import { UserError } from "../../errors";

/**
 * Covalent radii in ångström of hydrogen to radon (Cordero et al., Dalton Transactions 2008, 2832;
 * sp3 for carbon, low spin for the transition metals).
 */
const TABLE =
  "H .31 He .28 Li 1.28 Be .96 B .84 C .76 N .71 O .66 F .57 Ne .58 Na 1.66 Mg 1.41 Al 1.21 Si 1.11 " +
  "P 1.07 S 1.05 Cl 1.02 Ar 1.06 K 2.03 Ca 1.76 Sc 1.70 Ti 1.60 V 1.53 Cr 1.39 Mn 1.39 Fe 1.32 " +
  "Co 1.26 Ni 1.24 Cu 1.32 Zn 1.22 Ga 1.22 Ge 1.20 As 1.19 Se 1.20 Br 1.20 Kr 1.16 Rb 2.20 Sr 1.95 " +
  "Y 1.90 Zr 1.75 Nb 1.64 Mo 1.54 Tc 1.47 Ru 1.46 Rh 1.42 Pd 1.39 Ag 1.45 Cd 1.44 In 1.42 Sn 1.39 " +
  "Sb 1.39 Te 1.38 I 1.39 Xe 1.40 Cs 2.44 Ba 2.15 La 2.07 Ce 2.04 Pr 2.03 Nd 2.01 Pm 1.99 Sm 1.98 " +
  "Eu 1.98 Gd 1.96 Tb 1.94 Dy 1.92 Ho 1.92 Er 1.89 Tm 1.90 Yb 1.87 Lu 1.87 Hf 1.75 Ta 1.70 W 1.62 " +
  "Re 1.51 Os 1.44 Ir 1.41 Pt 1.36 Au 1.36 Hg 1.32 Tl 1.45 Pb 1.46 Bi 1.48 Po 1.40 At 1.50 Rn 1.50";

const entries = TABLE.split(" ");

/** Symbols by atomic number; index 0 is empty. */
export const SYMBOLS: readonly string[] = ["", ...entries.filter((_, k) => k % 2 === 0)];

/** Covalent radii in ångström by atomic number; index 0 is NaN. */
export const COVALENT_RADII: readonly number[] = [
  Number.NaN,
  ...entries.filter((_, k) => k % 2 === 1).map(Number),
];

/** The largest atomic number in the table: 86, radon. */
export const LAST_ELEMENT = SYMBOLS.length - 1;

/**
 * Van der Waals radii in ångström of the main-group elements found in drug-like molecules and their
 * salts (Mantina et al., J. Phys. Chem. A 113, 5806, 2009: Bondi's values and their own).
 */
const VAN_DER_WAALS =
  "H 1.1 Li 1.81 B 1.92 C 1.7 N 1.55 O 1.52 F 1.47 Na 2.27 Mg 1.73 Al 1.84 Si 2.1 P 1.8 S 1.8 Cl 1.75 " +
  "K 2.75 Ca 2.31 Ge 2.11 As 1.85 Se 1.9 Br 1.83 Sn 2.17 Sb 2.06 Te 2.06 I 1.98 Bi 2.07";

const bySymbol = new Map(
  Array.from(VAN_DER_WAALS.matchAll(/(\w+) (\S+)/g), ([, symbol, radius]) => [symbol, +radius]),
);

/** Van der Waals radii in ångström by atomic number; NaN where the table has none. */
export const VAN_DER_WAALS_RADII: readonly number[] = SYMBOLS.map(
  (symbol) => bySymbol.get(symbol) ?? Number.NaN,
);

const NUMBERS = new Map(SYMBOLS.map((symbol, number) => [symbol, number]));

/**
 * The atomic number of a symbol ("Cl", "CL" and "cl" are all chlorine; D and T are hydrogen) or of a
 * number written out ("17").
 * @param where the symbol was read, for the error message
 * @throws UserError if the element is not in the table
 */
export function atomicNumberOf(symbol: string, where: string): number {
  const name = symbol.charAt(0).toUpperCase() + symbol.slice(1).toLowerCase();
  const number = /^\d+$/.test(symbol)
    ? Number(symbol)
    : name === "D" || name === "T"
      ? 1
      : (NUMBERS.get(name) ?? 0);
  requireElement(number, where, `"${symbol}"`);
  return number;
}

/** @throws UserError if an atomic number is not in the table */
export function requireElement(number: number, where: string, shown = `${number}`): void {
  if (!(Number.isInteger(number) && number >= 1 && number <= LAST_ELEMENT))
    throw new UserError(
      `${where} has an atom of element ${shown}; the table of elements goes from 1 (H) to ${LAST_ELEMENT} (Rn).`,
    );
}

/** One row of the table. */
export interface Element {
  readonly symbol: string;
  /** Å. */
  readonly covalentRadius: number;
  /** Å. */
  readonly vanDerWaalsRadius: number;
}

/** @throws UserError for an element without a van der Waals radius in the table */
export function element(atomicNumber: number): Element {
  const vanDerWaalsRadius = VAN_DER_WAALS_RADII[atomicNumber];
  if (!(vanDerWaalsRadius > 0))
    throw new UserError(
      `Element ${atomicNumber} has no van der Waals radius in the table of elements, which covers the main-group elements of drug-like molecules. Leave the molecule out.`,
    );
  return {
    ...{ symbol: SYMBOLS[atomicNumber], covalentRadius: COVALENT_RADII[atomicNumber] },
    vanDerWaalsRadius,
  };
}
