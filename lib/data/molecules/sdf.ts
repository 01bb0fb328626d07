import { UserError } from "../../errors";
import { checkMolecule, checkPositions } from "./check";
import { grouped, type Structure } from "./group";
import { linesOf } from "./lines";
import type { Ensemble } from "./molecule";
import { finishTable, type Table } from "./table";
import { readV2000 } from "./v2000";
import { readV3000 } from "./v3000";

/** Lines of the longest record; what is longer has lost its end. */
const LONGEST_RECORD = 100_000;

/**
 * The structures of an SD file (V2000 and V3000, mixed if need be), one a record. The title becomes
 * the molecule's id; properties are passed over, and hydrogens must be explicit. Bonds of type 4
 * (aromatic, in queries and some programs' output) are refused, for their Kekulé order is not said.
 * @param where the file, for messages
 * @throws UserError that names the record and its line if it is cut short, cannot be read, or a check
 *   refuses it
 */
export async function* structuresOfSdf(
  chunks: AsyncIterable<Uint8Array>,
  where: string,
): AsyncGenerator<Structure, void, undefined> {
  let record: string[] = [];
  let start = 1;
  let count = 0;
  for await (const { text, number } of linesOf(chunks, where)) {
    if (record.length === 0) start = number;
    if (text.startsWith("$$$$")) {
      yield structureOf(record, named(++count, start));
      record = [];
    } else if (record.push(text) > LONGEST_RECORD)
      throw new UserError(`${named(count + 1, start)} has no end: a line "$$$$" must follow it.`);
  }
  // A lone MOL file has no line of dollars; blank lines at the end are no record.
  if (record.some((line) => line.trim() !== "")) yield structureOf(record, named(++count, start));
  if (count === 0) throw new UserError(`${where} has no record in it. Fetch it again.`);

  function named(record: number, line: number): string {
    return `Record ${record} of ${where} (line ${line})`;
  }
}

/** {@link structuresOfSdf}, with records of one molecule that follow each other put together. */
export function conformersOfSdf(
  chunks: AsyncIterable<Uint8Array>,
  where: string,
): AsyncGenerator<Ensemble, void, undefined> {
  return grouped(structuresOfSdf(chunks, where));
}

function structureOf(lines: readonly string[], where: string): Structure {
  const version = /V[23]000\s*$/.exec(lines[3] ?? "")?.[0].trim();
  if (version === undefined)
    throw new UserError(
      `${where} has no counts line that ends in V2000 or V3000, where its fourth line should be one.`,
    );
  const table: Table = version === "V2000" ? readV2000(lines, where) : readV3000(lines, where);
  const molecule = finishTable(table, lines[0].trim());
  const name = lines[0].trim() === "" ? where : `${where}, ${lines[0].trim()}`;
  checkMolecule(molecule, name);
  checkPositions(table.positions, molecule.atomicNumbers.length, name);
  return { molecule, conformer: { positions: Float64Array.from(table.positions) } };
}
