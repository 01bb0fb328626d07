import { UserError } from "../../errors";
import { atomicNumberOf } from "../../metrics/molecules/elements";
import { aromaticBondsOf } from "./aromatic";
import type { Bond, Molecule } from "./molecule";
import { SDF_REASONS, Unusable } from "./unusable";

/** A connection table, as read so far. */
export interface Table {
  readonly atomicNumbers: number[];
  readonly formalCharges: number[];
  /** x y z by atom, ångström. */
  readonly positions: number[];
  readonly bonds: Bond[];
  /** What marks an atom as an isotope, if one is marked: "M  ISO  1   1  13". */
  isotope?: string;
}

/** Symbols of the SD format that are no element of the table: heavier ones, and those of queries. */
const OTHER_ATOMS =
  /^(Fr|Ra|Ac|Th|Pa|U|Np|Pu|Am|Cm|Bk|Cf|Es|Fm|Md|No|Lr|Rf|Db|Sg|Bh|Hs|Mt|Ds|Rg|Cn|Nh|Fl|Mc|Lv|Ts|Og|R#?\d*|[AQLXMG*]|LP|Du)$/;

/**
 * Adds an atom's element, and notes D and T, which are isotopes of hydrogen.
 * @throws UserError for what is not a symbol of an element in the table
 */
export function addElement(table: Table, symbol: string, where: string): void {
  if (OTHER_ATOMS.test(symbol))
    throw new Unusable(
      SDF_REASONS.element,
      `${where} is "${symbol}", which is no element from H to Rn. Leave the record out.`,
    );
  if (symbol === "D" || symbol === "T") table.isotope ??= symbol;
  table.atomicNumbers.push(atomicNumberOf(symbol, where));
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
    throw new Unusable(
      SDF_REASONS.bondType,
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
 * A number of things, from 0 on.
 * @param what it is ("the number of atoms"), for the error message
 * @throws UserError if the text is not such a number
 */
export function parseCount(text: string, what: string, where: string): number {
  const count = parseInteger(text, what, where);
  if (count < 0) throw notA(what, text.trim(), where);
  return count;
}

/**
 * A formal charge.
 * @throws UserError if it is not a whole number from −15 to 15, the range of the format
 */
export function parseCharge(text: string, where: string): number {
  const charge = parseInteger(text, "a charge", where);
  if (Math.abs(charge) > 15)
    throw new Unusable(
      SDF_REASONS.charge,
      `${where} has the charge ${charge}; formal charges are −15 to 15.`,
    );
  return charge;
}

/** Refusal of a radical, which has no place in a molecule here. */
export const radical = (where: string): UserError =>
  new Unusable(
    SDF_REASONS.radical,
    `${where} is a radical; only molecules without unpaired electrons are supported.`,
  );

const notA = (what: string, word: string, where: string): UserError =>
  new UserError(`${where} has "${word}" where ${what} should be.`);

/** The n-th line of a record. @throws UserError if it ends before */
export function lineAt(lines: readonly string[], n: number, where: string): string {
  if (n >= lines.length) throw new UserError(`${where} is truncated after ${lines.length} lines.`);
  return lines[n];
}
