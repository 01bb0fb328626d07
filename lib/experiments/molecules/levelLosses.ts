import { concatArrays } from "../../concatArrays";
import type { Values } from "../../engine/parameters";
import { tidy } from "../../engine/tidy";
import { batchGraph, molecularGraph } from "../../models/geodiff/graph";
import type { GeoDiff } from "../../models/geodiff/model";
import type { NoiseSchedule } from "../../models/geodiff/schedule";
import type { Block } from "../../pool/block";
import type { Stream } from "../../random/stream";
import { conformersIn } from "./conformers";

/** The loss per atom in its two parts. */
export interface LossParts {
  readonly global: number;
  readonly local: number;
}

/** The parts at one noise level t with σ in ångström. */
export interface LevelLoss extends LossParts {
  readonly t: number;
  readonly sigma: number;
}

/** Conformers per batch. */
const BATCH = 32;

/** Evenly spaced noise levels, symmetric about the middle: with t also T − 1 − t. */
export function levelGrid(steps: number, count: number): number[] {
  const lower = Array.from({ length: count / 2 }, (_, k) =>
    Math.floor(((k + 0.5) * steps) / count),
  );
  return [...lower, ...lower.map((t) => steps - 1 - t).reverse()];
}

/**
 * GeoDiff's weighted variational bound of a block's conformers, averaged over atoms, conformers and
 * the levels of {@link levelGrid}.
 * @param noise conformer i at level number k gets its standard normals from `noise.at(i, k)`, so that
 *   every model is evaluated on the same noise
 * @param report called with the number of conformers done
 */
export async function levelLosses(
  model: GeoDiff,
  values: Values,
  schedule: NoiseSchedule,
  block: Block,
  count: number,
  noise: Stream,
  report: (done: number) => Promise<void> = async () => {},
): Promise<{ readonly loss: LossParts; readonly levels: LevelLoss[] }> {
  const grid = levelGrid(schedule.steps, count);
  const sums = grid.map(() => ({ global: 0, local: 0 }));
  let atoms = 0;
  for (let from = 0; from < block.length; from += BATCH) {
    const to = Math.min(from + BATCH, block.length);
    const conformers = conformersIn(block.range(from, to));
    const batch = batchGraph(conformers.map(({ molecule }) => molecularGraph(molecule)));
    const positions = concatArrays(
      Float32Array,
      conformers.map((conformer) => conformer.positions),
    );
    for (const [k, t] of grid.entries()) {
      const normals = conformers.map((conformer, i) =>
        noise.at(from + i, k).normals(new Float32Array(conformer.positions.length)),
      );
      const sigma = new Float64Array(conformers.length).fill(schedule.sigma[t]);
      const { byMolecule } = tidy(() =>
        model.loss(values, {
          ...batch,
          ...{ positions, noise: concatArrays(Float32Array, normals), sigma },
        }),
      );
      sums[k].global += total(byMolecule.global);
      sums[k].local += total(byMolecule.local);
    }
    atoms += batch.atoms;
    await report(to);
  }
  const levels = grid.map((t, k) => ({
    t,
    sigma: schedule.sigma[t],
    global: sums[k].global / atoms,
    local: sums[k].local / atoms,
  }));
  const mean = (part: keyof LossParts) =>
    levels.reduce((sum, level) => sum + level[part], 0) / levels.length;
  return { loss: { global: mean("global"), local: mean("local") }, levels };
}

const total = (numbers: Float64Array): number => numbers.reduce((a, b) => a + b, 0);
