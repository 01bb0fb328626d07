import { COVALENT_RADII, SYMBOLS, VAN_DER_WAALS_RADII } from "../../data/molecules/elements";
import { UserError } from "../../errors";

export interface Element {
  readonly symbol: string;
  /** Covalent radius, Å. */
  readonly covalent: number;
  /** Van der Waals radius, Å. */
  readonly vanDerWaals: number;
}

/** @throws UserError for an element without a van der Waals radius in the table */
export function element(atomicNumber: number): Element {
  const vanDerWaals = VAN_DER_WAALS_RADII[atomicNumber];
  if (!(vanDerWaals > 0))
    throw new UserError(
      `Element ${atomicNumber} has no radius in the table of the molecule metrics, which goes by the main-group elements of drug-like molecules; leave the molecule out.`,
    );
  return { symbol: SYMBOLS[atomicNumber], covalent: COVALENT_RADII[atomicNumber], vanDerWaals };
}
