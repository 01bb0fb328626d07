import { scale } from "../../engine/elementwise";
import { engine, type Tensor } from "../../engine/load";
import { softmax } from "../../engine/softmax";
import { tidy } from "../../engine/tidy";
import type { SamplingOptions } from "./samplingOptions";

/** Beyond this factor float32 cannot tell the distribution from its limit, and could overflow. */
const MAX_INVERSE_TEMPERATURE = 1e30;
/** Most likely tokens among which a nucleus is sought before all are sorted. */
const NUCLEUS = 128;

/**
 * Samples one token per row by inverting the cumulative distribution at a uniform number. Ties are
 * broken towards the lower token id.
 * @param logits [B, V]
 * @param uniforms of [0, 1), [B]
 * @returns ids, [B]
 */
export function sampleTokens(
  logits: Tensor,
  options: SamplingOptions,
  uniforms: Float64Array,
): Int32Array {
  const { temperature, topK, topP = 1 } = options;
  const V = logits.shape[1]!;
  return tidy(() => {
    if (temperature === 0) return topTokens(logits, 1).ids;
    const inverse = Math.min(1 / temperature, MAX_INVERSE_TEMPERATURE);
    const probabilities = softmax(temperature === 1 ? logits : scale(logits, inverse));
    if (topK !== undefined) return sampleTop(topTokens(probabilities, Math.min(topK, V)));
    if (topP === 1) return sampleAny(probabilities.dataSync<"float32">(), uniforms);
    const top = topTokens(probabilities, Math.min(NUCLEUS, V));
    return sampleTop(holdsNucleus(top) ? top : topTokens(probabilities, V));
  });

  function sampleTop({ ids, p }: TopTokens): Int32Array {
    const width = ids.length / uniforms.length;
    return Int32Array.from(uniforms, (uniform, row) => {
      const list = p.subarray(row * width, (row + 1) * width);
      const mass = topP * (topK === undefined ? 1 : sum(list));
      const nucleus = topP === 1 ? list : list.subarray(0, indexReaching(list, mass) + 1);
      return ids[row * width + indexExceeding(nucleus, uniform * sum(nucleus))];
    });
  }

  function holdsNucleus({ p }: TopTokens): boolean {
    const width = p.length / uniforms.length;
    return uniforms.every((_, row) => sum(p.subarray(row * width, (row + 1) * width)) >= topP);
  }
}

interface TopTokens {
  /** [B, k], the most likely first; of ties the lower id. */
  readonly ids: Int32Array;
  /** Their probabilities. */
  readonly p: Float32Array;
}

function topTokens(x: Tensor, k: number): TopTokens {
  const { values, indices } = engine().tf.topk(x, k, true);
  return { ids: indices.dataSync<"int32">(), p: values.dataSync<"float32">() };
}

function sampleAny(probabilities: Float32Array, uniforms: Float64Array): Int32Array {
  const V = probabilities.length / uniforms.length;
  return Int32Array.from(uniforms, (uniform, row) =>
    indexExceeding(probabilities.subarray(row * V, (row + 1) * V), uniform),
  );
}

/** First index at which the cumulative sum is at least `mass`; see {@link search}. */
const indexReaching = (p: Float32Array, mass: number): number =>
  search(p, (total) => total >= mass);

/** First index at which the cumulative sum is greater than `mass`; see {@link search}. */
const indexExceeding = (p: Float32Array, mass: number): number =>
  search(p, (total) => total > mass);

/** First index where the cumulative sum is enough; if rounding prevents that, the last above 0. */
function search(p: Float32Array, enough: (total: number) => boolean): number {
  let total = 0;
  let last = 0;
  for (let i = 0; i < p.length; i++) {
    if (p[i] === 0) continue;
    total += p[i];
    last = i;
    if (enough(total)) break;
  }
  if (!(total > 0)) throw new Error("The model's probabilities are not finite.");
  return last;
}

function sum(p: Float32Array): number {
  let total = 0;
  for (let i = 0; i < p.length; i++) total += p[i];
  return total;
}
