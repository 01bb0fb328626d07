import { UserError } from "../../errors";
import { aromaticBondsOf } from "./aromatic";
import type { Bond, Molecule } from "./molecule";

/** A connection table as it is read. */
export interface Table {
  readonly atomicNumbers: number[];
  readonly formalCharges: number[];
  /** x y z by atom, ångström. */
  readonly positions: number[];
  readonly bonds: Bond[];
}

/** The molecule of a connection table; which bonds are aromatic, OpenChemLib says. */
export function finishTable(table: Table, id: string): Molecule {
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

/** A bond of a table that counts atoms from 1. @throws UserError if it cannot be */
export function bondOf(a: number, b: number, type: number, size: number, where: string): Bond {
  for (const atom of [a, b])
    if (!(Number.isInteger(atom) && atom >= 1 && atom <= size))
      throw new UserError(`${where} has a bond to atom ${atom}; its atoms are 1 to ${size}.`);
  if (type !== 1 && type !== 2 && type !== 3)
    throw new UserError(
      `${where} has a bond of type ${type} (atoms ${a} and ${b}); only single, double and triple ` +
        "bonds (1, 2, 3) can be read. Write aromatic rings in Kekulé form.",
    );
  return a < b ? [a - 1, b - 1, type] : [b - 1, a - 1, type];
}

/** A number of a table. @throws UserError if there is none (NaN is read, and refused later) */
export function numberOf(text: string, what: string, where: string): number {
  const trimmed = text.trim();
  const value = /^[+-]?nan$/i.test(trimmed) ? Number.NaN : Number(trimmed);
  if (trimmed === "" || (Number.isNaN(value) && !/nan/i.test(trimmed)))
    throw new UserError(`${where} has "${trimmed}" where ${what} should be.`);
  return value;
}

/** The n-th line of a record. @throws UserError if it ends before */
export function lineAt(lines: readonly string[], n: number, where: string): string {
  if (n >= lines.length) throw new UserError(`${where} is cut short after ${lines.length} lines.`);
  return lines[n];
}
