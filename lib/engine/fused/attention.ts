import { add, multiply, subtract } from "../elementwise";
import { engine, type Tensor } from "../load";
import { join, permute, split } from "../pieces";
import { batchProduct, batchProductTransposed, batchTransposedProduct } from "../products";
import { lastSums, scaled } from "../rows";
import { FORBIDDEN, softmax } from "../softmax";
import { tidy } from "../tidy";
import type { Fused } from "./fused";

/**
 * Causal self-attention over packed sequences, inputs (Q, K, V), each [n, heads · size]: every row
 * looks at itself and the rows before it in its own sequence, softmax(QKᵀ/√size)·V by head
 * (Vaswani et al. 2017). One sequence at a time, so that its scores stay in the processor's cache
 * and nothing is spent on padding. Keeps each sequence's softmax [heads, length, length].
 * @param lengths rows of each sequence
 */
export function causalAttention(heads: number, lengths: ArrayLike<number>): Fused {
  return {
    forward(q, k, v) {
      const scale = 1 / Math.sqrt(q.shape[1]! / heads);
      const { output, kept } = tidy(() => {
        const outputs: Tensor[] = [];
        const kept: Tensor[] = [];
        const [qs, ks, vs] = [scaled(q, scale), k, v].map((x) => split(x, lengths));
        for (let s = 0; s < lengths.length; s++) {
          const { heard, attended } = tidy(() => {
            const [qh, kh, vh] = [qs, ks, vs].map((x) => byHead(x[s], heads));
            const attended = softmax(add(batchProductTransposed(qh, kh), mask(lengths[s])));
            return { heard: byRow(batchProduct(attended, vh)), attended };
          });
          outputs.push(heard);
          kept.push(attended);
        }
        return { output: join(outputs), kept };
      });
      return { output, kept: [output, ...kept] };
    },
    backward(dOutput, [q, k, v], [output, ...kept]) {
      const scale = 1 / Math.sqrt(q.shape[1]! / heads);
      return tidy(() => {
        const gradients: Tensor[][] = [[], [], []];
        const pieces = [scaled(q, scale), k, v, dOutput, output].map((x) => split(x, lengths));
        for (let s = 0; s < lengths.length; s++) {
          const found = tidy(() => {
            const [qh, kh, vh, dh, oh] = pieces.map((x) => byHead(x[s], heads));
            const attended = kept[s];
            // Σ_j dA_ij A_ij = dO_i · O_i, without another pass over the scores.
            const inner = lastSums(multiply(dh, oh));
            const dScores = multiply(attended, subtract(batchProductTransposed(dh, vh), inner));
            return [
              scaled(byRow(batchProduct(dScores, kh)), scale),
              byRow(batchTransposedProduct(dScores, qh)),
              byRow(batchTransposedProduct(attended, dh)),
            ];
          });
          found.forEach((gradient, i) => {
            gradients[i].push(gradient);
          });
        }
        return gradients.map((parts) => join(parts));
      });
    },
  };
}

/** [length, heads · size] → [heads, length, size]. */
function byHead(x: Tensor, heads: number): Tensor {
  const [length, width] = x.shape as [number, number];
  return permute(x.reshape([length, heads, width / heads]), [1, 0, 2]);
}

/** The inverse of {@link byHead}. */
function byRow(x: Tensor): Tensor {
  const [heads, length, size] = x.shape as [number, number, number];
  return permute(x, [1, 0, 2]).reshape([length, heads * size]);
}

/** Masks are kept by length; beyond this many the oldest goes. */
const KEPT_MASKS = 64;
const masks = new Map<number, Tensor>();

/** [length, length]: 0 where a row may look, −10⁹ ahead of it. */
function mask(length: number): Tensor {
  const known = masks.get(length);
  if (known) return known;
  const { tf } = engine();
  const data = new Float32Array(length * length);
  for (let i = 0; i < length; i++) data.fill(FORBIDDEN, i * length + i + 1, (i + 1) * length);
  const made = tf.keep(tf.tensor2d(data, [length, length]));
  masks.set(length, made);
  if (masks.size > KEPT_MASKS) {
    const [oldest] = masks.keys();
    masks.get(oldest)!.dispose();
    masks.delete(oldest);
  }
  return made;
}
