import { messageOf, UserError } from "../../errors";
import { checkMolecule, checkPositions } from "./check";
import type { Bond, Conformer, Ensemble, Molecule } from "./molecule";
import { readLines } from "./readLines";

/**
 * The molecules of a file of JSON lines, one object per line: `id`, `smiles`, `atomicNumbers` [N],
 * `formalCharges` [N], `bonds` [[i, j, order]…] with Kekulé orders, `aromaticBonds` [[i, j]…], and
 * `conformers` with `xyz` [3N] in ångström and, if known, `geom`, `relKcalMol`, `boltzmannWeight`.
 * Other fields and empty lines are ignored.
 * @param where name of the file, for error messages
 * @throws UserError that names the line if it is not such an object or is not a valid molecule
 */
export async function* readMoleculeLines(
  chunks: AsyncIterable<Uint8Array>,
  where: string,
): AsyncGenerator<Ensemble, void, undefined> {
  let count = 0;
  for await (const { text, number } of readLines(chunks, where)) {
    if (text.trim() === "") continue;
    yield ensembleOfJson(text, `Line ${number} of ${where}`);
    count++;
  }
  if (count === 0) throw new UserError(`${where} has no molecules. Fetch it again.`);
}

/** One line of such a file, without the line end. */
export function formatMoleculeLine({ molecule, conformers }: Ensemble): string {
  return JSON.stringify({
    id: molecule.id,
    smiles: molecule.smiles,
    atomicNumbers: [...molecule.atomicNumbers],
    formalCharges: [...molecule.formalCharges],
    bonds: molecule.bonds,
    aromaticBonds: molecule.aromaticBonds,
    conformers: conformers.map((conformer) => ({
      geom: conformer.name,
      xyz: [...conformer.positions],
      relKcalMol: conformer.relativeEnergy,
      boltzmannWeight: conformer.boltzmannWeight,
    })),
  });
}

function ensembleOfJson(text: string, where: string): Ensemble {
  let record: Record<string, unknown>;
  try {
    record = JSON.parse(text) as Record<string, unknown>;
  } catch (error) {
    throw new UserError(`${where} is truncated or not JSON (${messageOf(error)}). Fetch it again.`);
  }
  if (typeof record !== "object" || record === null)
    throw new UserError(
      `${where} is ${text.slice(0, 40)}, not an object that describes a molecule.`,
    );
  const molecule: Molecule = {
    smiles: typeof record.smiles === "string" ? record.smiles : "",
    ...(typeof record.id === "string" && { id: record.id }),
    atomicNumbers: Uint8Array.from(integers(record, "atomicNumbers", 0, 255, where)),
    formalCharges: Int8Array.from(integers(record, "formalCharges", -128, 127, where)),
    bonds: tuples(record, "bonds", 3, where) as unknown as Bond[],
    aromaticBonds: tuples(record, "aromaticBonds", 2, where) as unknown as [number, number][],
  };
  const named = molecule.id === undefined ? where : `${where} (${molecule.id})`;
  checkMolecule(molecule, named);
  const conformers = list(record, "conformers", where).map((given, k) =>
    conformerOfJson(given, molecule.atomicNumbers.length, `${named}, conformer ${k}`),
  );
  if (conformers.length === 0) throw new UserError(`${named} has no conformer.`);
  return { molecule, conformers };
}

function conformerOfJson(given: unknown, size: number, where: string): Conformer {
  const record = (given ?? {}) as Record<string, unknown>;
  // JSON writes NaN as null, and Number(null) would be 0.
  const positions = Float64Array.from(list(record, "xyz", where), (value) =>
    typeof value === "number" ? value : Number.NaN,
  );
  checkPositions(positions, size, where);
  const { geom, relKcalMol, boltzmannWeight } = record;
  return {
    positions,
    ...(typeof geom === "string" && { name: geom }),
    ...(typeof relKcalMol === "number" && { relativeEnergy: relKcalMol }),
    ...(typeof boltzmannWeight === "number" && { boltzmannWeight }),
  };
}

function list(record: Record<string, unknown>, field: string, where: string): unknown[] {
  const value = record[field];
  if (!Array.isArray(value)) throw new UserError(`${where} has no list "${field}".`);
  return value;
}

function integers(
  record: Record<string, unknown>,
  field: string,
  low: number,
  high: number,
  where: string,
): number[] {
  return list(record, field, where).map((value) => {
    if (!(Number.isInteger(value) && (value as number) >= low && (value as number) <= high))
      throw new UserError(`${where} has ${JSON.stringify(value)} among its "${field}".`);
    return value as number;
  });
}

function tuples(record: Record<string, unknown>, field: string, length: number, where: string) {
  return list(record, field, where).map((value) => {
    if (!(Array.isArray(value) && value.length === length && value.every(Number.isInteger)))
      throw new UserError(`${where} has ${JSON.stringify(value)} among its "${field}".`);
    return value as number[];
  });
}
