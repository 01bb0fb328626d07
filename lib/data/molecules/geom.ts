import { UserError } from "../../errors";
import { assignAtoms } from "./assign";
import { requireElement } from "./elements";
import { fromSmiles } from "./fromSmiles";
import type { LeftOut } from "./leftOut";
import { mapEntries } from "./messagePack";
import type { Conformer, Ensemble, Molecule } from "./molecule";
import { BONDS_DIFFER } from "./xyz";

/** Why a molecule or a conformer of GEOM is left out. */
export const GEOM_REASONS = {
  smiles: "the SMILES cannot be read, or a check refuses the molecule",
  shape: "the entry has not the fields of GEOM",
  conformer: "elements or coordinates cannot be those of the SMILES",
  bonds: BONDS_DIFFER,
} as const;

/**
 * The molecules of GEOM's official files (`drugs_crude.msgpack`, `qm9_crude.msgpack`; Axelrod and
 * Gómez-Bombarelli, 2022): maps from SMILES to `conformers`, each with `xyz` [[Z, x, y, z]…] in
 * ångström, `boltzmannweight` and `relativeenergy` (kcal/mol). They have no bonds: these are those of
 * the SMILES, mapped onto the atoms by the bonds seen in the coordinates. What does not agree is left
 * out and counted, conformer by conformer; so are molecules of which nothing remains.
 * @throws UserError if the file is empty, cut short, or no such map
 */
export async function* conformersOfGeom(
  chunks: AsyncIterable<Uint8Array>,
  where: string,
  leftOut: LeftOut,
): AsyncGenerator<Ensemble, void, undefined> {
  for await (const [smiles, entry] of mapEntries(chunks, where)) {
    const at = `${where}, ${smiles}`;
    const given = (entry as { conformers?: unknown } | null)?.conformers;
    if (!Array.isArray(given)) {
      leftOut.add(GEOM_REASONS.shape, at);
      continue;
    }
    const molecule = attempt(() => fromSmiles(smiles, where));
    if (molecule === undefined) {
      leftOut.add(GEOM_REASONS.smiles, at);
      continue;
    }
    const conformers: Conformer[] = [];
    given.forEach((record, k) => {
      const found = conformerOf(record, molecule, `${at}, conformer ${k}`);
      if (typeof found === "string") leftOut.add(found, `${at}, conformer ${k}`);
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

/** A conformer, or why it is left out. */
function conformerOf(record: GeomConformer | null, molecule: Molecule, at: string) {
  const rows = record?.xyz;
  const isRow = (row: unknown) =>
    Array.isArray(row) && row.length === 4 && row.every((value) => typeof value === "number");
  if (!(Array.isArray(rows) && rows.every(isRow))) return GEOM_REASONS.shape;
  const table = rows as number[][];
  const positions = attempt(() => {
    for (const [number] of table) requireElement(number, at);
    return {
      found: assignAtoms(
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

/** What the function gives, or undefined if it refuses with a UserError. */
function attempt<T>(compute: () => T): T | undefined {
  try {
    return compute();
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
