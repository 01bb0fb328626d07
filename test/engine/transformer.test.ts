import assert from "node:assert/strict";
import { test } from "node:test";
import { concat, split } from "../../lib/engine/concat";
import { causalAttention } from "../../lib/engine/fused/attention";
import { gelu } from "../../lib/engine/fused/gelu";
import { layerNorm } from "../../lib/engine/fused/layerNorm";
import { linear } from "../../lib/engine/fused/linear";
import { nextToken, nextTokenLosses } from "../../lib/engine/fused/nextToken";
import { noGrad, Tape } from "../../lib/engine/graph";
import type { Tensor } from "../../lib/engine/load";
import { countLeaks } from "../../lib/engine/memory";
import { globalNorm } from "../../lib/engine/norm";
import type { Operation } from "../../lib/engine/operation";
import { embedding } from "../../lib/engine/operations/embedding";
import { splitQkv } from "../../lib/engine/operations/splitColumns";
import { sum } from "../../lib/engine/operations/sum";
import { plainSoftmax, softmax } from "../../lib/engine/softmax";
import { check, close, random, tf } from "./gradients";

const dense = linear({ layout: "in-out" });

test("Layer norm: value, gradients and slopes of (x − mean)/√(variance + ε) · gain + bias", () => {
  for (const [n, d] of [
    [1, 2],
    [7, 5],
    [33, 16],
  ])
    check(
      layerNorm(0.3),
      (x, gain, bias) => {
        const { mean, variance } = tf.moments(x, 1, true);
        return x.sub(mean).mul(variance.add(0.3).rsqrt()).mul(gain).add(bias);
      },
      [random("x", n, d), random("gain", d), random("bias", d)],
    );
});

test("GELU: value, gradient and slope of x/2 · (1 + tanh(√(2/π)(x + 0.044715 x³)))", () => {
  check(
    gelu,
    (x) =>
      x.mul(0.5).mul(
        x
          .add(x.pow(3).mul(0.044715))
          .mul(Math.sqrt(2 / Math.PI))
          .tanh()
          .add(1),
      ) as Tensor,
    [random("x", 9, 4).mul(2)],
  );
});

test("Embedding: rows of a table; their gradients add up where a row is used twice", () => {
  const rows = Int32Array.of(2, 0, 2, 3);
  check(embedding(rows), (table) => tf.gather(table, tf.tensor1d(rows, "int32")), [
    random("table", 5, 3),
  ]);
});

/** softmax(QKᵀ/√size + mask)·V of one sequence, head by head, in tfjs's own operations. */
function reference(q: Tensor, k: Tensor, v: Tensor, heads: number): Tensor {
  const [length, width] = q.shape as [number, number];
  const size = width / heads;
  const mask = tf.linalg
    .bandPart(tf.ones([length, length]), -1, 0)
    .sub(1)
    .mul(1e9);
  const outputs = Array.from({ length: heads }, (_, h) => {
    const [a, b, c] = [q, k, v].map((x) => x.slice([0, h * size], [length, size]));
    const scores = tf.matMul(a as never, b as never, false, true).div(Math.sqrt(size));
    return tf.matMul(tf.softmax(scores.add(mask)) as never, c as never);
  });
  return tf.concat(outputs, 1);
}

for (const [heads, lengths] of [
  [1, [1]],
  [2, [3, 1, 5]],
  [3, [4, 4]],
] as const)
  test(`Causal attention, ${heads} heads, sequences of ${lengths}: each sequence by itself, value, gradients and slopes`, () => {
    const n = lengths.reduce((a, b) => a + b, 0);
    const inputs = ["q", "k", "v"].map((name) => random(name, n, heads * 2));
    const whole = (q: Tensor, k: Tensor, v: Tensor) => {
      let from = 0;
      return tf.concat(
        lengths.map((length) => {
          const parts = [q, k, v].map((x) => x.slice([from, 0], [length, heads * 2]));
          from += length;
          return reference(parts[0], parts[1], parts[2], heads);
        }),
      );
    };
    check(causalAttention(heads, lengths), whole as never, inputs);
    check(
      splitQkv(causalAttention(heads, lengths)),
      ((x: Tensor) => {
        const [q, k, v] = tf.split(x, 3, 1);
        return whole(q, k, v);
      }) as never,
      [tf.concat(inputs, 1)],
    );
  });

test("Causal attention never looks ahead: later rows and other sequences change nothing", () => {
  const inputs = ["q", "k", "v"].map((name) => random(name, 7, 4));
  const attend = (x: Tensor[]) => causalAttention(2, [4, 3]).forward(...x).output;
  const before = attend(inputs);
  const changed = inputs.map((x) => tf.concat([x.slice([0, 0], [2, 4]), random("new", 5, 4)]));
  close(attend(changed).slice([0, 0], [2, 4]), before.slice([0, 0], [2, 4]), 1e-6, "first rows");
});

test("Softmax: oneDNN's kernel and TensorFlow's plain one agree, rows add up to 1", () => {
  const x = random("x", 2, 3, 7).mul(20);
  close(softmax(x), plainSoftmax(x), 1e-6, "value");
  close(softmax(x).sum(-1), tf.ones([2, 3]), 1e-5, "sums");
});

test("Next token: cross-entropy of softmax(x·Wᵀ) and its gradients, against tfjs's log-softmax", () => {
  const [x, table] = [random("x", 6, 4), random("table", 5, 4)];
  const targets = Int32Array.of(0, 4, 2, 2, 1, 3);
  const weight = 1 / 6;
  const losses = (x: Tensor, table: Tensor): Tensor =>
    tf
      .logSoftmax(tf.matMul(x as never, table as never, false, true))
      .mul(tf.oneHot(tf.tensor1d(targets, "int32"), 5))
      .sum(1)
      .neg();
  const [dx, dTable] = tf.grads(((x: Tensor, table: Tensor) =>
    losses(x, table).sum().mul(weight)) as never)([x, table]);
  const found = nextToken(x, table, targets, weight);
  close(found.losses, losses(x, table), 1e-5, "losses");
  close(nextTokenLosses(x, table, targets), losses(x, table), 1e-5, "losses alone");
  close(found.dx, dx, 1e-5, "dx");
  close(found.dTable, dTable, 1e-5, "dW");
});

test("Next token: a certain miss costs what a float can tell, 87 nats, and stays finite", () => {
  const x = tf.tensor2d([[1000, 0]]);
  const table = tf.tensor2d([
    [1, 0],
    [0, 1],
  ]);
  const [nats] = nextTokenLosses(x, table, Int32Array.of(1)).dataSync();
  assert.ok(nats > 86 && nats < 88, `${nats}`);
});

test("The tape adds the gradients of a value used twice, as a residual stream is", () => {
  const [x, w, b] = [random("x", 4, 3), random("w", 3, 3), random("b", 3)];
  const block = (x: Tensor, w: Tensor, b: Tensor) =>
    x.add(tf.matMul(x as never, w as never).add(b));
  const plain = (x: Tensor, w: Tensor, b: Tensor) => block(block(x, w, b), w, b);
  const seed = random("seed", 4, 3);
  const expected = tf.grads(((...inputs: [Tensor, Tensor, Tensor]) =>
    plain(...inputs)
      .mul(seed)
      .sum()) as never)([x, w, b]);
  const tape = new Tape();
  const [X, W, B] = [x, w, b].map((value) => tape.leaf(value));
  const once = tape.apply(sum, X, tape.apply(dense, X, W, B));
  const twice = tape.apply(sum, once, tape.apply(dense, once, W, B));
  close(twice.value, plain(x, w, b), 1e-5, "value");
  tape.backward({ node: twice, gradient: seed.clone() });
  [X, W, B].forEach((leaf, i) => {
    close(tape.gradient(leaf)!, expected[i], 1e-5, `gradient ${i}`);
  });
  assert.ok(!x.isDisposed && !w.isDisposed, "leaves remain the caller's");
});

test("Gradients from several roots add up; data get none, and nor do operations on data alone", () => {
  const [x, w, b] = [random("x", 4, 3), random("w", 3, 2), random("b", 2)];
  const seeds = [random("seed 0", 4, 2), random("seed 1", 4, 2)];
  const expected = tf.grads(((w: Tensor, b: Tensor) => {
    const y = tf.matMul(x.mul(2) as never, w as never).add(b);
    return y.mul(seeds[0]).add(y.add(y).mul(seeds[1])).sum();
  }) as never)([w, b]);
  const needs: (readonly boolean[] | undefined)[] = [];
  const watched: Operation = {
    forward: dense.forward,
    backward(dOutput, inputs, kept, needed) {
      needs.push(needed);
      return dense.backward(dOutput, inputs, kept, needed);
    },
  };
  const tape = new Tape();
  const data = { value: x };
  const [W, B] = [tape.leaf(w), tape.leaf(b)];
  const y = tape.apply(watched, tape.apply(sum, data, data), W, B);
  const twice = tape.apply(sum, y, y);
  tape.backward(
    { node: y, gradient: seeds[0].clone() },
    { node: twice, gradient: seeds[1].clone() },
  );
  close(tape.gradient(W)!, expected[0], 1e-5, "gradient of w");
  close(tape.gradient(B)!, expected[1], 1e-5, "gradient of b");
  assert.deepEqual(needs, [[false, true, true]]);
  assert.equal(tape.gradient(data), undefined);
  assert.ok(!x.isDisposed, "data remain the caller's");
});

test("A tape gives back every tensor but the leaves' gradients; inference keeps its result alone", () => {
  const [x, w, b] = [random("x", 4, 3), random("w", 3, 3), random("b", 3)];
  const step = () => {
    const tape = new Tape();
    const [X, W, B] = [x, w, b].map((value) => tape.leaf(value));
    const y = tape.apply(sum, X, tape.apply(gelu, tape.apply(dense, X, W, B)));
    tape.backward({ node: y, gradient: random("seed", 4, 3) });
    for (const leaf of [X, W, B]) tape.gradient(leaf)!.dispose();
  };
  step();
  assert.deepEqual(countLeaks(step), { tfjs: 0, native: 0 });
  const infer = () => noGrad.apply(gelu, { value: x }).value.dispose();
  assert.deepEqual(countLeaks(infer), { tfjs: 0, native: 0 });
});

test("split and concat are inverse along either dimension", () => {
  const x = random("x", 6, 4);
  for (const [lengths, axis] of [
    [[1, 3, 2], 0],
    [[3, 1], 1],
  ] as const) {
    const pieces = split(x, lengths, axis);
    assert.deepEqual(
      pieces.map((piece) => piece.shape[axis]),
      lengths,
    );
    close(concat(pieces, axis), x, 0, "concatenated");
  }
});

test("The global norm is that of all tensors as one vector", () => {
  const norm = globalNorm([
    tf.tensor1d([3]),
    tf.tensor2d([
      [0, 4],
      [12, 0],
    ]),
  ]);
  assert.ok(Math.abs(norm - 13) < 1e-5);
});
