import type { Values } from "../../engine/parameters";
import type { GraphBatch } from "./graph";
import type { GeoDiff } from "./model";
import type { SamplerOptions } from "./samplerOptions";

/**
 * Total force on each atom, [3N], in units of σ: local + globalWeight · global, each clipped.
 * @param localClip maximum local force on an atom
 */
export function totalForces(
  model: GeoDiff,
  values: Values,
  batch: GraphBatch,
  positions: Float64Array,
  branches: "both" | "local",
  options: Pick<SamplerOptions, "clip" | "globalWeight">,
  localClip: number,
): Float64Array {
  const { local, global } = model.forces(values, batch, positions, branches);
  const total = clip(Float64Array.from(local), localClip);
  if (global) {
    const far = clip(Float64Array.from(global), options.clip);
    for (let c = 0; c < total.length; c++) total[c] += options.globalWeight * far[c];
  }
  return total;
}

/** Shortens the vectors on atoms to a maximum length, in place. */
function clip(vectors: Float64Array, maxLength: number): Float64Array {
  if (maxLength === Number.POSITIVE_INFINITY) return vectors;
  for (let a = 0; a < vectors.length; a += 3) {
    const length = Math.sqrt(vectors[a] ** 2 + vectors[a + 1] ** 2 + vectors[a + 2] ** 2);
    if (length > maxLength) for (let c = a; c < a + 3; c++) vectors[c] *= maxLength / length;
  }
  return vectors;
}
