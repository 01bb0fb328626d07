import { scale } from "../../engine/elementwise";
import { engine, type Tensor } from "../../engine/load";
import { softmax } from "../../engine/softmax";
import { tidy } from "../../engine/tidy";
import type { Choice } from "./choice";

/** Beyond this factor float32 cannot tell the distribution from its limit, and could overflow. */
const COLDEST = 1e30;
/** Likeliest tokens among which a nucleus is sought before all are sorted. */
const NUCLEUS = 128;

/**
 * Draws one token a row by inverting the distribution function at a uniform number. Of equally
 * likely tokens the lower ids are the likelier ones to `topK`, `topP` and temperature 0.
 * @param logits [B, V]
 * @param uniforms of [0, 1), [B]
 * @returns ids, [B]
 */
export function choose(logits: Tensor, choice: Choice, uniforms: Float64Array): Int32Array {
  const { temperature, topK, topP = 1 } = choice;
  const V = logits.shape[1]!;
  return tidy(() => {
    if (temperature === 0) return sorted(logits, 1).ids;
    const probabilities = softmax(
      temperature === 1 ? logits : scale(logits, Math.min(1 / temperature, COLDEST)),
    );
    if (topK !== undefined) return fromLikeliest(sorted(probabilities, Math.min(topK, V)));
    if (topP === 1) return inverted(probabilities.dataSync<"float32">(), uniforms);
    const likeliest = sorted(probabilities, Math.min(NUCLEUS, V));
    return fromLikeliest(enough(likeliest, topP) ? likeliest : sorted(probabilities, V));
  });

  function fromLikeliest({ ids, p }: Sorted): Int32Array {
    const width = ids.length / uniforms.length;
    return uniforms.reduce((chosen, uniform, row) => {
      const list = p.subarray(row * width, (row + 1) * width);
      const mass = topP * (topK === undefined ? 1 : sum(list));
      const nucleus = topP === 1 ? list : list.subarray(0, reaching(list, mass) + 1);
      chosen[row] = ids[row * width + reaching(nucleus, uniform * sum(nucleus), true)];
      return chosen;
    }, new Int32Array(uniforms.length));
  }

  function enough({ p }: Sorted, mass: number): boolean {
    const width = p.length / uniforms.length;
    return uniforms.every((_, row) => sum(p.subarray(row * width, (row + 1) * width)) >= mass);
  }
}

interface Sorted {
  /** [B, k], likeliest first; of equals the lower id. */
  readonly ids: Int32Array;
  /** Their probabilities. */
  readonly p: Float32Array;
}

function sorted(x: Tensor, k: number): Sorted {
  const { values, indices } = engine().tf.topk(x, k, true);
  return { ids: indices.dataSync<"int32">(), p: values.dataSync<"float32">() };
}

function inverted(probabilities: Float32Array, uniforms: Float64Array): Int32Array {
  const V = probabilities.length / uniforms.length;
  return Int32Array.from(uniforms, (uniform, row) =>
    reaching(probabilities.subarray(row * V, (row + 1) * V), uniform, true),
  );
}

/**
 * Index at which the running sum reaches `mass` (exceeds it, if `beyond`); when rounding keeps it
 * below, the last one that is not 0.
 */
function reaching(p: Float32Array, mass: number, beyond = false): number {
  let total = 0;
  let last = 0;
  for (let i = 0; i < p.length; i++) {
    if (p[i] === 0) continue;
    total += p[i];
    last = i;
    if (beyond ? total > mass : total >= mass) break;
  }
  if (!(total > 0)) throw new Error("The model's probabilities are not numbers.");
  return last;
}

function sum(p: Float32Array): number {
  let total = 0;
  for (let i = 0; i < p.length; i++) total += p[i];
  return total;
}
