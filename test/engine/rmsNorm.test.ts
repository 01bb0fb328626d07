import assert from "node:assert/strict";
import { test } from "node:test";
import { rmsNorm } from "../../lib/engine/fused/rmsNorm";
import { countLeaks } from "../../lib/engine/memory";
import { check, close, random, tf } from "./gradients";

for (const [n, d] of [
  [1, 1],
  [7, 5],
  [33, 16],
])
  test(`RMSNorm of ${n} × ${d}: value, gradients and slopes of w · x / √(mean(x²) + ε)`, () => {
    check(rmsNorm(0.3), (x, w) => x.mul(x.square().mean(1, true).add(0.3).rsqrt()).mul(w), [
      random("x", n, d),
      random("w", d),
    ]);
  });

test("RMSNorm: rows have a root mean square of 1 at any scale; zeros stay zero and finite", () => {
  const x = tf.tensor2d([
    [3, 4],
    [3e6, 4e6],
    [0, 0],
  ]);
  const ones = tf.ones([2]);
  const { output, kept } = rmsNorm().forward(x, ones);
  const row = [3 / Math.sqrt(12.5), 4 / Math.sqrt(12.5)];
  close(output, tf.tensor2d([row, row, [0, 0]]), 1e-6, "value");
  const [dx] = rmsNorm().backward(tf.ones([3, 2]), [x, ones], kept);
  assert.ok(dx!.dataSync().every(Number.isFinite));
});

test("RMSNorm leaks nothing", () => {
  const inputs = [random("x", 7, 5), random("w", 5)];
  const dOutput = random("dy", 7, 5);
  const change = countLeaks(() => {
    const { output, kept } = rmsNorm().forward(...inputs);
    const gradients = rmsNorm().backward(dOutput, inputs, kept);
    for (const tensor of [output, ...kept, ...gradients]) tensor!.dispose();
  });
  assert.deepEqual(change, { tfjs: 0, native: 0 });
});
