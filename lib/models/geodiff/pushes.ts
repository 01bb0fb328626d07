import type { Values } from "../../engine/parameters";
import type { GraphBatch } from "./graph";
import type { GeoDiff } from "./model";
import type { SamplerOptions } from "./samplerOptions";

/**
 * Where a step of a chain draws the atoms, 3N numbers in units of σ: the weighted sum of the two
 * branches' forces.
 * @param localClip longest local force on an atom
 */
export function pushes(
  model: GeoDiff,
  values: Values,
  batch: GraphBatch,
  positions: Float64Array,
  parts: "both" | "local",
  options: Pick<SamplerOptions, "clip" | "globalWeight">,
  localClip: number,
): Float64Array {
  const { local, global } = model.forces(values, batch, positions, parts);
  const sum = clipped(Float64Array.from(local), localClip);
  if (global) {
    const far = clipped(Float64Array.from(global), options.clip);
    for (let c = 0; c < sum.length; c++) sum[c] += options.globalWeight * far[c];
  }
  return sum;
}

/** Vectors on atoms, none longer than a limit. */
function clipped(vectors: Float64Array, limit: number): Float64Array {
  if (limit === Number.POSITIVE_INFINITY) return vectors;
  for (let a = 0; a < vectors.length; a += 3) {
    const length = Math.sqrt(vectors[a] ** 2 + vectors[a + 1] ** 2 + vectors[a + 2] ** 2);
    if (length > limit) for (let c = a; c < a + 3; c++) vectors[c] *= limit / length;
  }
  return vectors;
}
