import { UserError } from "../../errors";
import { formatCount } from "../../format";
import { requireElement } from "../../metrics/molecules/elements";
import { alignToMolecule } from "./alignToMolecule";
import { fromSmiles } from "./fromSmiles";
import { mapEntries } from "./messagePack";
import type { Conformer, Ensemble, Molecule } from "./molecule";
import type { SkipCounts } from "./skipCounts";
import { BONDS_DIFFER } from "./xyz";

/** Entries at the start that may all lack the fields of GEOM; then the file is taken for another. */
const MAX_STRANGE = 10_000;

/** Reasons for leaving out a molecule or a conformer of GEOM. */
export const GEOM_REASONS = {
  smiles: "the SMILES cannot be parsed, or the molecule is invalid",
  shape: "the entry lacks the fields of GEOM",
  conformer: "elements or coordinates do not fit the SMILES",
  bonds: BONDS_DIFFER,
} as const;

/**
 * The molecules of GEOM's official files (`drugs_crude.msgpack`, `qm9_crude.msgpack`; Axelrod and
 * Gómez-Bombarelli, 2022): maps from SMILES to `conformers`, each with `xyz` [[Z, x, y, z]…] in
 * ångström, `boltzmannweight` and `relativeenergy` (kcal/mol). Bonds are not in the file; they are
 * those of the SMILES, mapped to the atoms by the bonds perceived from the coordinates. Conformers that
 * do not agree with their SMILES are left out and counted, and so are molecules that cannot be read.
 * @throws UserError if the file is empty, truncated, or not such a map, or if none of its first ten
 *   thousand entries has conformers
 */
export async function* readGeom(
  chunks: AsyncIterable<Uint8Array>,
  where: string,
  skipped: SkipCounts,
): AsyncGenerator<Ensemble, void, undefined> {
  let strange = 0;
  for await (const [smiles, entry] of mapEntries(chunks, where)) {
    const at = `${where}, ${smiles}`;
    const given = (entry as { conformers?: unknown } | null)?.conformers;
    if (!Array.isArray(given)) {
      skipped.add(GEOM_REASONS.shape, at);
      if (++strange === MAX_STRANGE)
        throw new UserError(
          `${formatCount(MAX_STRANGE)} entries of ${where} have no "conformers", the first being "${smiles.slice(0, 40)}": this is not a file of GEOM. Fetch it again.`,
        );
      continue;
    }
    strange = Number.NEGATIVE_INFINITY;
    const molecule = attempt(() => fromSmiles(smiles, where));
    if (molecule === undefined) {
      skipped.add(GEOM_REASONS.smiles, at);
      continue;
    }
    const conformers: Conformer[] = [];
    given.forEach((record, k) => {
      const found = conformerOf(record, molecule, `${at}, conformer ${k}`);
      if (typeof found === "string") skipped.add(found, `${at}, conformer ${k}`);
      else conformers.push(found);
    });
    if (conformers.length > 0) yield { molecule, conformers };
  }
}

interface GeomConformer {
  readonly xyz?: unknown;
  readonly geom_id?: unknown;
  readonly boltzmannweight?: unknown;
  readonly relativeenergy?: unknown;
}

/** A conformer, or the reason for leaving it out. */
function conformerOf(record: GeomConformer | null, molecule: Molecule, at: string) {
  const rows = record?.xyz;
  const isRow = (row: unknown) =>
    Array.isArray(row) && row.length === 4 && row.every((value) => typeof value === "number");
  if (!(Array.isArray(rows) && rows.every(isRow))) return GEOM_REASONS.shape;
  const table = rows as number[][];
  const positions = attempt(() => {
    for (const [number] of table) requireElement(number, at);
    return {
      found: alignToMolecule(
        molecule,
        Uint8Array.from(table, (row) => row[0]),
        table.flatMap((row) => row.slice(1)),
        at,
      ),
    };
  });
  if (positions === undefined) return GEOM_REASONS.conformer;
  if (positions.found === undefined) return GEOM_REASONS.bonds;
  const { geom_id: id, boltzmannweight: weight, relativeenergy: energy } = record!;
  const conformer: Conformer = {
    positions: positions.found,
    ...((typeof id === "number" || typeof id === "string") && { name: String(id) }),
    ...(typeof energy === "number" && { relativeEnergy: energy }),
    ...(typeof weight === "number" && { boltzmannWeight: weight }),
  };
  return conformer;
}

/** The function's result, or undefined if it throws a UserError. */
function attempt<T>(compute: () => T): T | undefined {
  try {
    return compute();
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
