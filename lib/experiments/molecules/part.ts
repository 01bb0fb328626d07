import type { Recipe } from "../../engine/team/recipe";
import type { GeoDiffConfig } from "../../models/geodiff/config";
import { batchGraph, type Graph3D } from "../../models/geodiff/graph";
import { geoDiff } from "../../models/geodiff/index";
import type { NoisyConformers } from "../../models/geodiff/model";
import { allPairs } from "../../models/geodiff/parts";

/** Some molecules of a batch with their noise, for one thread. */
export interface Part extends NoisyConformers {
  readonly graphs: readonly Graph3D[];
  /** Of the whole batch. */
  readonly atoms: number;
}

/** Gradients of a part; the sums are its global and its local loss, per atom of the batch. */
export const moleculesPart: Recipe<GeoDiffConfig, Part> = {
  module: __filename,
  name: "moleculesPart",
  prepare(shape) {
    const model = geoDiff(shape);
    return (values, { graphs, atoms, ...noisy }) => {
      const { loss, gradients } = model.lossAndGradients(values, batchGraph(graphs), noisy, atoms);
      return { sums: [loss.global, loss.local], gradients };
    };
  },
};

/** A batch in at most `shares` parts of neighbouring molecules with about as many pairs of atoms each. */
export function partsOf(
  graphs: readonly Graph3D[],
  { positions, noise, sigma }: Record<keyof NoisyConformers, Float32Array | Float64Array>,
  shares: number,
): Part[] {
  const pairs = graphs.reduce((sum, graph) => sum + allPairs(graph), 0);
  const atoms = positions.length / 3;
  const parts: Part[] = [];
  let [first, atom, before] = [0, 0, 0];
  graphs.forEach((graph, m) => {
    before += allPairs(graph);
    const next = parts.length + 1;
    const full = next < shares && before * shares >= pairs * next;
    if (!full && m + 1 < graphs.length) return;
    const own = graphs.slice(first, m + 1);
    const size = own.reduce((sum, { atomicNumbers }) => sum + atomicNumbers.length, 0);
    parts.push({
      graphs: own,
      positions: positions.slice(3 * atom, 3 * (atom + size)),
      noise: noise.slice(3 * atom, 3 * (atom + size)),
      sigma: sigma.slice(first, m + 1),
      atoms,
    });
    first = m + 1;
    atom += size;
  });
  return parts;
}
