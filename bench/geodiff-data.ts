// What both sides of bench/geodiff.ts work on: real drug-like molecules and first weights, as files.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { conformerBenchmark } from "../lib/data/molecules/index";
import type { GeoDiffConfig } from "../lib/models/geodiff/config";
import { molecularGraph } from "../lib/models/geodiff/graph";
import { geoDiff } from "../lib/models/geodiff/index";
import { Stream } from "../lib/random/stream";

/** One conformer of a molecule; local pairs once, the lower atom first. */
export interface BenchMolecule {
  readonly atomicNumbers: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
  readonly types: readonly number[];
  /** 3N, ångström. */
  readonly positions: readonly number[];
}

/** A parameter's name and shape; the numbers of all lie one behind the other in a file of floats. */
export type Layout = readonly (readonly [name: string, shape: readonly number[]])[];

/**
 * Molecules of 30 to 50 atoms of the conformer benchmark, the lowest conformer of each.
 * @returns the file's path and the mean number of atoms
 */
export async function writeMolecules(
  folder: string,
  count: number,
): Promise<{ path: string; molecules: number; atoms: number }> {
  const molecules: BenchMolecule[] = [];
  for await (const { molecule, conformers } of conformerBenchmark()) {
    const size = molecule.atomicNumbers.length;
    if (size < 30 || size > 50) continue;
    const { atomicNumbers, low, high, types } = molecularGraph(molecule);
    molecules.push({
      atomicNumbers: [...atomicNumbers],
      low: [...low],
      high: [...high],
      types: [...types],
      positions: [...conformers[0].positions],
    });
    if (molecules.length === count) break;
  }
  const path = join(folder, "molecules.json");
  writeFileSync(path, JSON.stringify(molecules));
  const atoms = molecules.reduce((sum, { atomicNumbers }) => sum + atomicNumbers.length, 0);
  return { path, molecules: molecules.length, atoms: atoms / molecules.length };
}

export function writeWeights(folder: string, config: GeoDiffConfig) {
  const model = geoDiff(config);
  const weights = model.initial(new Stream(["bench"]));
  const path = join(folder, `weights-${config.width}`);
  const names = Object.keys(model.shapes);
  writeFileSync(
    path,
    Buffer.concat(
      names.map((name) => {
        const data = weights[name].data as Float32Array;
        return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
      }),
    ),
  );
  const layout: Layout = names.map((name) => [name, model.shapes[name]]);
  return { path, layout };
}
