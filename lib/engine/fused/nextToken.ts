import { toFloat32, toTypeOf } from "../bfloat16";
import { scale } from "../elementwise";
import { gatherRows } from "../gather";
import { attribute, FLOAT, run, TYPE } from "../kernel";
import { engine, type Tensor } from "../load";
import { matmul, matmulNT, matmulTN } from "../matmul";
import { softmax } from "../softmax";
import { tidy } from "../tidy";

/** Cross-entropy of targets under softmax(x·Wᵀ) and its gradients. */
export interface NextToken {
  /** In nats, of each target, [n]. */
  readonly losses: Tensor;
  /** Of `weight` times the sum of the losses, [n, d] and [V, d]. */
  readonly dx: Tensor;
  readonly dTable: Tensor;
}

/**
 * Head and loss of a language model in one: x [n, d], W [V, d], targets [n] in 0 … V−1. The logits
 * [n, V], by far the largest array of a small model, exist only in here. Where W is bfloat16, so are the
 * factors of the products; softmax, losses and gradients are float32.
 */
export function nextToken(
  x: Tensor,
  table: Tensor,
  targets: Int32Array,
  weight: number,
): NextToken {
  return tidy(() => {
    const probabilities = probabilitiesOf(x, table);
    const losses = nats(probabilities, targets);
    const dScores = toTypeOf(table, minusOneHot(probabilities, targets));
    return {
      losses,
      dx: scale(toFloat32(matmul(dScores, table)), weight),
      dTable: toFloat32(matmulTN(dScores, toTypeOf(table, scale(x, weight)))),
    };
  });
}

/** The cross-entropy of each target only, in nats, [n]. */
export function nextTokenLosses(x: Tensor, table: Tensor, targets: Int32Array): Tensor {
  return tidy(() => nats(probabilitiesOf(x, table), targets));
}

const probabilitiesOf = (x: Tensor, table: Tensor): Tensor => softmax(scores(x, table));

/** x·Wᵀ, in float32, [n, V]. */
export const scores = (x: Tensor, table: Tensor): Tensor =>
  tidy(() => toFloat32(matmulNT(toTypeOf(table, x), table)));

/** Lower bound of a probability, the smallest normal float: 87 nats. */
const SMALLEST = 1.2e-38;

function nats(probabilities: Tensor, targets: Int32Array): Tensor {
  const { tf } = engine();
  const columns = probabilities.shape[1]!;
  const picked = gatherRows(
    probabilities.reshape([-1]),
    targets.map((target, row) => row * columns + target),
  );
  return tf.neg(tf.log(tf.maximum(picked, SMALLEST)));
}

const SCATTER = [...FLOAT, attribute.type("Tindices", TYPE.int32)];

/** Minus 1 at each row's target. */
function minusOneHot(probabilities: Tensor, targets: Int32Array): Tensor {
  const { tf } = engine();
  const indices = new Int32Array(2 * targets.length);
  targets.forEach((target, row) => {
    indices[2 * row] = row;
    indices[2 * row + 1] = target;
  });
  return run(
    "TensorScatterSub",
    SCATTER,
    probabilities,
    tf.tensor2d(indices, [targets.length, 2], "int32"),
    tf.ones([targets.length]),
  );
}
