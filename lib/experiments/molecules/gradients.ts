import type { GradientFunction } from "../../engine/parallel/gradientFunction";
import type { GeoDiffConfig } from "../../models/geodiff/config";
import { batchGraph, type Graph3D } from "../../models/geodiff/graph";
import { geoDiff } from "../../models/geodiff/index";
import type { NoisyConformers } from "../../models/geodiff/model";
import { allPairs } from "../../models/geodiff/parts";

/** Some molecules of a batch with their noise. */
export interface MicroBatch extends NoisyConformers {
  readonly graphs: readonly Graph3D[];
  /** Atoms of the whole batch. */
  readonly atomsInBatch: number;
}

/** Losses are those of the global and the local branch, per atom of the batch. */
export const moleculeGradients: GradientFunction<GeoDiffConfig, MicroBatch> = {
  module: __filename,
  name: "moleculeGradients",
  prepare(config) {
    const model = geoDiff(config);
    return (values, { graphs, atomsInBatch, ...noisy }) => {
      const batch = { ...batchGraph(graphs), ...noisy };
      const { loss, gradients } = model.gradients(values, batch, { denominator: atomsInBatch });
      return { losses: [loss.global, loss.local], gradients };
    };
  },
};

/**
 * Divides a batch into at most `count` micro-batches of consecutive molecules with about as many
 * pairs of atoms each.
 */
export function microBatches(
  graphs: readonly Graph3D[],
  { positions, noise, sigma }: Record<keyof NoisyConformers, Float32Array | Float64Array>,
  count: number,
): MicroBatch[] {
  const pairs = graphs.reduce((sum, graph) => sum + allPairs(graph), 0);
  const atomsInBatch = positions.length / 3;
  const result: MicroBatch[] = [];
  let [first, atom, before] = [0, 0, 0];
  graphs.forEach((graph, m) => {
    before += allPairs(graph);
    const next = result.length + 1;
    const full = next < count && before * count >= pairs * next;
    if (!full && m + 1 < graphs.length) return;
    const group = graphs.slice(first, m + 1);
    const atoms = group.reduce((sum, { atomicNumbers }) => sum + atomicNumbers.length, 0);
    result.push({
      graphs: group,
      positions: positions.slice(3 * atom, 3 * (atom + atoms)),
      noise: noise.slice(3 * atom, 3 * (atom + atoms)),
      sigma: sigma.slice(first, m + 1),
      atomsInBatch,
    });
    first = m + 1;
    atom += atoms;
  });
  return result;
}
