import { UserError } from "../../errors";
import { aromaticBondsOf } from "./aromatic";
import type { Bond, Molecule } from "./molecule";

/** A connection table, as read so far. */
export interface Table {
  readonly atomicNumbers: number[];
  readonly formalCharges: number[];
  /** x y z by atom, ångström. */
  readonly positions: number[];
  readonly bonds: Bond[];
}

/** The molecule of a connection table; OpenChemLib determines which bonds are aromatic. */
export function moleculeOfTable(table: Table, id: string): Molecule {
  const molecule: Molecule = {
    smiles: "",
    ...(id !== "" && { id }),
    atomicNumbers: Uint8Array.from(table.atomicNumbers),
    formalCharges: Int8Array.from(table.formalCharges),
    bonds: table.bonds,
    aromaticBonds: [],
  };
  return { ...molecule, aromaticBonds: aromaticBondsOf(molecule) };
}

/** A bond of a table that counts atoms from 1. @throws UserError for an atom or type that cannot be */
export function bondOf(a: number, b: number, type: number, size: number, where: string): Bond {
  for (const atom of [a, b])
    if (!(Number.isInteger(atom) && atom >= 1 && atom <= size))
      throw new UserError(`${where} has a bond to atom ${atom}; its atoms are 1 to ${size}.`);
  if (type !== 1 && type !== 2 && type !== 3)
    throw new UserError(
      `${where} has a bond of type ${type} (atoms ${a} and ${b}); only single, double and triple ` +
        "bonds (1, 2, 3) are supported. Write aromatic rings in Kekulé form.",
    );
  return a < b ? [a - 1, b - 1, type] : [b - 1, a - 1, type];
}

/**
 * A decimal number. NaN is accepted here; `checkPositions` refuses it with the atom's name.
 * @param what it is ("a coordinate"), for the error message
 * @throws UserError if the text is not a decimal number
 */
export function parseDecimal(text: string, what: string, where: string): number {
  const word = text.trim();
  if (/^[+-]?nan$/i.test(word)) return Number.NaN;
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(word)) throw notA(what, word, where);
  return Number(word);
}

/**
 * A whole number written with digits alone: not 1.5, 1e2 or 0x2.
 * @param what it is ("the number of atoms"), for the error message
 * @throws UserError if the text is not a whole number
 */
export function parseInteger(text: string, what: string, where: string): number {
  const word = text.trim();
  if (!/^[+-]?\d+$/.test(word)) throw notA(what, word, where);
  return Number(word);
}

/**
 * A formal charge.
 * @throws UserError if it is not a whole number from −15 to 15, the range of the format
 */
export function parseCharge(text: string, where: string): number {
  const charge = parseInteger(text, "a charge", where);
  if (Math.abs(charge) > 15)
    throw new UserError(`${where} has the charge ${charge}; formal charges are −15 to 15.`);
  return charge;
}

/** Refusal of a radical, which has no place in a molecule here. */
export const radical = (where: string): UserError =>
  new UserError(`${where} is a radical; only molecules without unpaired electrons are supported.`);

const notA = (what: string, word: string, where: string): UserError =>
  new UserError(`${where} has "${word}" where ${what} should be.`);

/** The n-th line of a record. @throws UserError if it ends before */
export function lineAt(lines: readonly string[], n: number, where: string): string {
  if (n >= lines.length) throw new UserError(`${where} is truncated after ${lines.length} lines.`);
  return lines[n];
}
