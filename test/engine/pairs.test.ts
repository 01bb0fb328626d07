import assert from "node:assert/strict";
import { test } from "node:test";
import { edgeEncoding } from "../../lib/engine/fused/edgeEncoding";
import { filterNetwork } from "../../lib/engine/fused/filterNetwork";
import { gineMessages } from "../../lib/engine/fused/gineMessages";
import { filteredMessages } from "../../lib/engine/fused/pairMessages";
import { pairProducts } from "../../lib/engine/fused/pairProducts";
import { fastSoftplus, shiftedSoftplus } from "../../lib/engine/fused/softplus";
import type { Tensor } from "../../lib/engine/load";
import { countLeaks } from "../../lib/engine/memory";
import { concatRows } from "../../lib/engine/operations/concatRows";
import { rowRange } from "../../lib/engine/operations/rowRange";
import { grouping, groupSums, Pairs, pairIndex } from "../../lib/engine/pairs";
import { tidy } from "../../lib/engine/tidy";
import { check, close, random, tf } from "./gradients";

// Row 4 is in no pair, row 0 in three.
const LOW = [0, 0, 1, 0, 2];
const HIGH = [1, 3, 2, 2, 3];
const ROWS = 5;
const pairs = new Pairs(pairIndex(Int32Array.from(LOW), Int32Array.from(HIGH), ROWS));
const low = tf.tensor1d(LOW, "int32");
const high = tf.tensor1d(HIGH, "int32");
const sumsAt = (x: Tensor, rows: typeof low): Tensor => tf.unsortedSegmentSum(x, rows, ROWS);

const softplus = (x: Tensor): Tensor => tf.log(tf.exp(x).add(1));

test("Sums of grouped rows are UnsortedSegmentSum's, with a row of zeros for an empty group", () => {
  const numbers = Int32Array.of(2, 0, 2, 3, 0);
  const x = random("x", 5, 3);
  const expected = tf.unsortedSegmentSum(x, tf.tensor1d(numbers, "int32"), 6);
  close(groupSums(x, grouping(numbers, 6)), expected, 1e-6, "sum");
  const none = groupSums(tf.zeros([0, 3]), grouping(new Int32Array(0), 2));
  close(none, tf.zeros([2, 3]), 0, "sum of nothing");
});

test("Filtered messages: every row receives x ⊙ filter from both directions of its pairs", () => {
  check(
    filteredMessages(pairs),
    (x, filter) =>
      sumsAt(tf.gather(x, high).mul(filter), low).add(sumsAt(tf.gather(x, low).mul(filter), high)),
    [random("x", ROWS, 4), random("filter", LOW.length, 4)],
  );
});

test("GINE messages: x + Σ relu(x_j + e) over both directions", () => {
  check(
    gineMessages(pairs),
    (x, e) =>
      x
        .add(sumsAt(tf.relu(tf.gather(x, high).add(e)), low))
        .add(sumsAt(tf.relu(tf.gather(x, low).add(e)), high)),
    [random("x", ROWS, 4), random("e", LOW.length, 4)],
  );
});

test("Pair products: x_low ⊙ x_high", () => {
  check(pairProducts(pairs), (x) => tf.gather(x, low).mul(tf.gather(x, high)), [
    random("x", ROWS, 4),
  ]);
});

test("Edge encoding: MLP of the distance ⊙ the vector of the type", () => {
  const distances = random("d", 6, 1).abs().add(0.5);
  const types = Int32Array.of(0, 2, 2, 1, 0, 2);
  check(
    edgeEncoding({ distances, types }),
    (w1, b1, w2, b2, table) =>
      tf
        .matMul(tf.relu(tf.matMul(distances, w1, false, true).add(b1)), w2, false, true)
        .add(b2)
        .mul(tf.gather(table, tf.tensor1d(types, "int32"))),
    [random("w1", 4, 1), random("b1", 4), random("w2", 4, 4), random("b2", 4), random("t", 5, 4)],
  );
});

test("Filter network: weights ⊙ (W₂·ssp(W₁·e + b₁) + b₂)", () => {
  const weights = random("c", 6, 1);
  check(
    filterNetwork(weights),
    (e, w1, b1, w2, b2) => {
      const hidden = softplus(tf.matMul(e, w1, false, true).add(b1)).sub(Math.LN2);
      return tf.matMul(hidden, w2, false, true).add(b2).mul(weights);
    },
    [random("e", 6, 3), random("w1", 3, 3), random("b1", 3), random("w2", 3, 3), random("b2", 3)],
  );
});

test("Shifted softplus: log(1 + eˣ) − log 2, and 0 at 0", () => {
  check(shiftedSoftplus, (x) => softplus(x).sub(Math.LN2), [random("x", 5, 4)]);
  assert.ok(Math.abs(shiftedSoftplus.forward(tf.tensor([0])).output.dataSync()[0]) < 1e-7);
});

test("Softplus is right where the exponential overflows and where it vanishes", () => {
  const x = [-200, -20, -1, 0, 1, 20, 79, 200];
  const exact = x.map((v) => Math.max(v, 0) + Math.log1p(Math.exp(-Math.abs(v))));
  close(fastSoftplus(tf.tensor(x)), tf.tensor(exact), 1e-6, "with an overflow");
  close(fastSoftplus(tf.tensor(x.slice(0, 7))), tf.tensor(exact.slice(0, 7)), 1e-6, "without");
});

test("Row ranges and concatenated rows: each other's inverse, with their gradients", () => {
  const whole = random("x", 6, 3);
  check(rowRange(1, 3), (x) => x.slice([1, 0], [3, 3]), [whole]);
  check(concatRows, (a, b) => tf.concat([a, b]), [random("a", 2, 3), random("b", 4, 3)]);
  const parts = [rowRange(0, 2), rowRange(2, 4)].map((part) => part.forward(whole).output);
  assert.deepEqual(concatRows.forward(...parts).output.dataSync(), whole.dataSync());
});

test("Messages over pairs leak nothing", () => {
  const [x, filter] = [random("x", ROWS, 4), random("filter", LOW.length, 4)];
  const change = countLeaks(() => {
    const index = pairIndex(Int32Array.from(LOW), Int32Array.from(HIGH), ROWS);
    tidy(() => {
      const operation = filteredMessages(new Pairs(index));
      operation.backward(operation.forward(x, filter).output, [x, filter], []);
    });
  });
  assert.deepEqual(change, { tfjs: 0, native: 0 });
});
