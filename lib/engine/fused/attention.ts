import { type Precision, toBfloat16, toFloat32, toTypeOf } from "../bfloat16";
import { concat, permute, reshape, split } from "../concat";
import { add, multiply, subtract } from "../elementwise";
import { engine, type Tensor } from "../load";
import { batchMatmul, batchMatmulNT, batchMatmulTN } from "../matmul";
import type { Operation } from "../operation";
import { lastSums, scaleCached } from "../rows";
import { FORBIDDEN, softmax } from "../softmax";
import { tidy } from "../tidy";

/**
 * Causal self-attention over packed sequences, inputs (Q, K, V), each [n, heads · size]: every row
 * attends to itself and the rows before it in its own sequence, softmax(QKᵀ/√size)·V by head
 * (Vaswani et al. 2017). One sequence at a time, so that its scores stay in the processor's cache
 * and no work is spent on padding. Keeps each sequence's softmax [heads, length, length].
 *
 * With precision "bfloat16" the output, the scores and their softmax are bfloat16, the sums of products
 * and of the softmax float32; gradients have the type of the inputs.
 * @param lengths rows of each sequence
 */
export function causalAttention(
  heads: number,
  lengths: ArrayLike<number>,
  precision: Precision = "float32",
): Operation {
  const round = precision === "bfloat16" ? toBfloat16 : (x: Tensor) => x;
  return {
    forward(q, k, v) {
      const scale = 1 / Math.sqrt(q.shape[1]! / heads);
      const { output, kept } = tidy(() => {
        const [qs, ks, vs] = [scaleCached(q, scale), k, v].map((x) =>
          split(byHead(round(x), heads), lengths, 1),
        );
        const pieces = Array.from(lengths, (length, s) =>
          tidy(() => {
            const scores = add(batchMatmulNT(qs[s], ks[s]), maskOf(length, precision));
            const probabilities = softmax(scores);
            return { attended: batchMatmul(probabilities, vs[s]), probabilities };
          }),
        );
        return {
          output: byRow(
            concat(
              pieces.map(({ attended }) => attended),
              1,
            ),
          ),
          kept: pieces.map(({ probabilities }) => probabilities),
        };
      });
      return { output, kept: [output, ...kept] };
    },
    backward(dOutput, [q, k, v], [output, ...kept]) {
      const scale = 1 / Math.sqrt(q.shape[1]! / heads);
      return tidy(() => {
        const [qh, kh, vh, dh, oh] = [scaleCached(q, scale), k, v, dOutput, output].map((x) =>
          byHead(round(x), heads),
        );
        // Σ_j dP_ij P_ij = dO_i · O_i, without another pass over the scores.
        const inner = round(lastSums(multiply(toFloat32(dh), toFloat32(oh))));
        const [qs, ks, vs, ds, inners] = [qh, kh, vh, dh, inner].map((x) => split(x, lengths, 1));
        const pieces = kept.map((probabilities, s) =>
          tidy(() => {
            const dScores = multiply(
              probabilities,
              subtract(batchMatmulNT(ds[s], vs[s]), inners[s]),
            );
            return [
              batchMatmul(dScores, ks[s]),
              batchMatmulTN(dScores, qs[s]),
              batchMatmulTN(probabilities, ds[s]),
            ];
          }),
        );
        const [dq, dk, dv] = [0, 1, 2].map((i) =>
          byRow(
            concat(
              pieces.map((piece) => piece[i]),
              1,
            ),
          ),
        );
        return [scaleCached(dq, scale), dk, dv].map((x) => toTypeOf(q, x));
      });
    },
  };
}

/** [length, heads · size] → [heads, length, size]. */
function byHead(x: Tensor, heads: number): Tensor {
  const [length, width] = x.shape as [number, number];
  return permute(reshape(x, [length, heads, width / heads]), [1, 0, 2]);
}

/** The inverse of {@link byHead}. */
function byRow(x: Tensor): Tensor {
  const [heads, length, size] = x.shape as [number, number, number];
  return reshape(permute(x, [1, 0, 2]), [length, heads * size]);
}

/** Maximum number of cached masks; the oldest is dropped first. */
const MAX_MASKS = 64;
const masks = new Map<string, Tensor>();

/** [length, length]: 0 where a row may attend, −10⁹ ahead of it. */
function maskOf(length: number, precision: Precision): Tensor {
  const key = `${length} ${precision}`;
  const known = masks.get(key);
  if (known) return known;
  const { tf } = engine();
  const data = new Float32Array(length * length);
  for (let i = 0; i < length; i++) data.fill(FORBIDDEN, i * length + i + 1, (i + 1) * length);
  const mask = tidy(() => {
    const mask = tf.tensor2d(data, [length, length]);
    return tf.keep(precision === "bfloat16" ? toBfloat16(mask) : mask);
  });
  masks.set(key, mask);
  if (masks.size > MAX_MASKS) {
    const [oldest] = masks.keys();
    masks.get(oldest)!.dispose();
    masks.delete(oldest);
  }
  return mask;
}
