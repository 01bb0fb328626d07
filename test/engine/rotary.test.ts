import assert from "node:assert/strict";
import { test } from "node:test";
import { type RotaryOptions, rotary } from "../../lib/engine/fused/rotary";
import type { Tensor } from "../../lib/engine/load";
import { countLeaks } from "../../lib/engine/memory";
import { check, close, random, tf } from "./gradients";

const options: RotaryOptions = { heads: 3, size: 8 };
const positions = Int32Array.of(0, 1, 2, 0, 1000);

/** The definition, as tensors that tfjs can differentiate: pairs (a, b) = (x[i], x[i + size/2]). */
function reference(x: Tensor, base = 10_000): Tensor {
  const [a, b] = tf.split(x.reshape([5, 3, 8]), 2, 2);
  const angles = tf.tensor3d(
    [...positions].flatMap((p) => [0, 1, 2, 3].map((i) => p * base ** (-i / 4))),
    [5, 1, 4],
  );
  const [c, s] = [tf.cos(angles), tf.sin(angles)];
  return tf.concat([a.mul(c).sub(b.mul(s)), b.mul(c).add(a.mul(s))], 2).reshape(x.shape);
}

for (const shape of [
  [5, 24],
  [5, 3, 8],
])
  test(`Rotary of [${shape}]: value, gradient and slope of turned pairs`, () => {
    check(rotary(positions, options), (x) => reference(x), [random("x", ...shape)]);
  });

test("Rotary with another base", () => {
  const other = rotary(positions, { ...options, base: 500 });
  check(other, (x) => reference(x, 500), [random("x", 5, 3, 8)]);
});

test("Rotary leaves position 0 as it is, keeps lengths, and products depend on distance alone", () => {
  const [q, k] = [random("q", 1, 8), random("k", 1, 8)];
  const at = (x: Tensor, position: number): Tensor =>
    rotary(Int32Array.of(position), { heads: 1, size: 8 }).forward(x).output;
  close(at(q, 0), q, 0, "position 0");
  close(at(q, 77).norm(), q.norm(), 1e-6, "length");
  close(at(q, 9).mul(at(k, 4)).sum(), at(q, 905).mul(at(k, 900)).sum(), 1e-4, "product");
});

test("Rotary of rows that share a position turns each as it would among others", () => {
  const x = random("x", 5, 24);
  const at = (...positions: number[]): Tensor =>
    rotary(Int32Array.from(positions), options).forward(x).output;
  close(at(7, 7, 7, 7, 7).slice([0], [4]), at(7, 7, 7, 7, 3).slice([0], [4]), 0, "value");
});

test("Rotary refuses heads of odd or broken size", () => {
  for (const size of [5, 16 / 3])
    assert.throws(() => rotary(positions, { heads: 3, size }), {
      name: "UserError",
      message: new RegExp(`heads cannot have ${size} features each`),
    });
});

test("Rotary leaks nothing once disposed of", () => {
  const x = random("x", 5, 3, 8);
  const change = countLeaks(() => {
    const operation = rotary(positions, options);
    operation.forward(x).output.dispose();
    operation.backward(x, [x], [])[0]!.dispose();
    operation.dispose();
  });
  assert.deepEqual(change, { tfjs: 0, native: 0 });
});
