import { UserError } from "../../errors";
import { checkMolecule, checkPositions } from "./check";
import { checkConformer } from "./checkConformer";
import { groupConformers, type Structure } from "./groupConformers";
import type { Ensemble } from "./molecule";
import { type Record, splitRecords } from "./sdfRecords";
import type { SkipCounts } from "./skipCounts";
import { moleculeOfTable, type Table } from "./table";
import { SDF_REASONS, Unusable } from "./unusable";
import { readV2000 } from "./v2000";
import { readV3000 } from "./v3000";

/**
 * The structures of an SD file (V2000 and V3000, also mixed), one per record, or of MOL files one after
 * the other. The title becomes the molecule's id. Properties, isotopes and stereochemistry are ignored.
 * Bonds other than single, double and triple ones (aromatic, zero-order) and radicals are refused.
 * @param where name of the file, for error messages
 * @throws UserError that names the record and its line if it is truncated, cannot be read, or is
 *   refused by `checkMolecule` or `checkPositions`
 */
export async function* readSdfRecords(
  chunks: AsyncIterable<Uint8Array>,
  where: string,
): AsyncGenerator<Structure, void, undefined> {
  for await (const record of splitRecords(chunks, where)) yield structureOf(record).structure;
}

/**
 * The molecules of an SD file with their conformers: records of the same molecule that follow each
 * other are grouped. Every record must be a conformer: in three dimensions, with all its hydrogens,
 * and without isotopes, which a molecule here does not tell apart.
 * @param where name of the file, for error messages
 * @param skipped if it is given, records that are no conformers are left out and counted in it; files
 *   that are damaged are still refused
 * @throws UserError as {@link readSdfRecords}, or if a record is no conformer (`checkConformer`)
 * @example
 * const skipped = new SkipCounts();
 * for await (const { molecule, conformers } of readSdf(readChunks("a.sdf.gz"), "a.sdf.gz", skipped))
 *   console.log(molecule.id, conformers.length);
 * console.log(String(skipped)); // 82 left out: a radical (first: Record 3 of a.sdf.gz (line 91))
 */
export function readSdf(
  chunks: AsyncIterable<Uint8Array>,
  where: string,
  skipped?: SkipCounts,
): AsyncGenerator<Ensemble, void, undefined> {
  return groupConformers(conformersOf(splitRecords(chunks, where), skipped));
}

async function* conformersOf(
  records: AsyncIterable<Record>,
  skipped: SkipCounts | undefined,
): AsyncGenerator<Structure> {
  for await (const record of records) {
    try {
      yield conformerOf(record);
    } catch (error) {
      if (!(skipped && error instanceof Unusable)) throw error;
      skipped.add(error.reason, record.where);
    }
  }
}

function conformerOf(record: Record): Structure {
  const { structure, name, isotope } = structureOf(record);
  if (isotope !== undefined)
    throw new Unusable(
      SDF_REASONS.isotopes,
      `${name} has isotopes ("${isotope}"), which would be taken for the common ones. Leave it out.`,
    );
  // Columns 21 and 22 of the second line: "2D" or "3D".
  if (record.lines[1].slice(20, 22) === "2D")
    throw new Unusable(
      SDF_REASONS.drawing,
      `${name} is a drawing in two dimensions ("2D"), not a conformer.`,
    );
  checkConformer(structure.molecule, structure.conformer.positions, name);
  return structure;
}

/** What a record holds; `isotope` is what marks an atom as one. */
interface Read {
  readonly structure: Structure;
  readonly name: string;
  readonly isotope: string | undefined;
}

function structureOf({ lines, where }: Record): Read {
  const version = /V[23]000\s*$/.exec(lines[3] ?? "")?.[0].trim();
  if (version === undefined)
    throw new UserError(`${where} has no counts line: its fourth line must end in V2000 or V3000.`);
  const table: Table = version === "V2000" ? readV2000(lines, where) : readV3000(lines, where);
  const molecule = moleculeOfTable(table, lines[0].trim());
  const name = lines[0].trim() === "" ? where : `${where}, ${lines[0].trim()}`;
  checkMolecule(molecule, name);
  checkPositions(table.positions, molecule.atomicNumbers.length, name);
  const conformer = { positions: Float64Array.from(table.positions) };
  return { structure: { molecule, conformer }, name, isotope: table.isotope };
}
