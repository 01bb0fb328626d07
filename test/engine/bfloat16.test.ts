import assert from "node:assert/strict";
import { test } from "node:test";
import { toBfloat16, toFloat32 } from "../../lib/engine/bfloat16";
import { concat, permute, reshape, split } from "../../lib/engine/concat";
import { add, multiply } from "../../lib/engine/elementwise";
import { linear } from "../../lib/engine/fused/linear";
import { countLeaks } from "../../lib/engine/memory";
import { isBfloat16 } from "../../lib/engine/nativeTensor";
import { tidy } from "../../lib/engine/tidy";
import { random, tf } from "./gradients";

/** The definition: of the two neighbours with 8 bits of significand the nearer, of a tie the even one. */
function rounded(x: number): number {
  const bits = new Uint32Array(Float32Array.of(x).buffer)[0];
  const odd = (bits >>> 16) & 1;
  return new Float32Array(Uint32Array.of(((bits + 0x7fff + odd) >>> 16) << 16).buffer)[0];
}

const values = (x: ReturnType<typeof random>): Float32Array =>
  toFloat32(x).dataSync<"float32">().slice();

test("bfloat16 rounds to the nearest, ties to even, and widens exactly; what has the type stays itself", () => {
  const given = [0, 1, -1, 1 + 2 ** -8, 1 + 3 * 2 ** -8, 1.00001, 3.7, -1e30, 1e-30, 65504];
  tidy(() => {
    const x = tf.tensor1d(given);
    const low = toBfloat16(x);
    assert.deepEqual([isBfloat16(x), isBfloat16(low)], [false, true]);
    assert.deepEqual([...values(low)], given.map(rounded));
    assert.equal(toBfloat16(low), low);
    assert.equal(toFloat32(x), x);
  });
});

test("operations keep the type of their inputs, and the two types do not mix", () => {
  tidy(() => {
    const [a, b] = [random("a", 6, 4), random("b", 6, 4)];
    const [low, other] = [toBfloat16(a), toBfloat16(b)];
    const [x, y] = [values(low), values(other)];
    const sum = add(low, other);
    assert.ok(isBfloat16(sum));
    assert.deepEqual(
      [...values(sum)],
      Array.from(x, (value, i) => rounded(Math.fround(value + y[i]))),
    );
    const moved = reshape(permute(concat(split(low, [2, 4])), [1, 0]), [24]);
    assert.ok(isBfloat16(moved));
    assert.deepEqual(
      [...values(moved)],
      Array.from({ length: 24 }, (_, i) => x[(i % 6) * 4 + Math.floor(i / 6)]),
    );
    assert.throws(() => multiply(a, other), /bfloat16/);
    assert.throws(() => multiply(low, b), /float/);
  });
});

for (const layout of ["in-out", "out-in"] as const)
  test(`a linear layer with weights in bfloat16 (${layout}) is that of rounded factors, gradients too`, () => {
    const [n, from, to] = [5, 7, 6];
    const x = random("x", n, from);
    const weight = random("w", ...(layout === "in-out" ? [from, to] : [to, from]));
    const bias = random("bias", to);
    const dy = random("dy", n, to);
    const leak = countLeaks(() => {
      const low = tidy(() => toBfloat16(weight));
      const operation = linear({ layout });
      const { output, kept } = operation.forward(x, low, bias);
      const gradients = operation.backward(dy, [x, low, bias], kept);
      // The same in float32 with the factors rounded beforehand.
      const round = (t: typeof x) => toFloat32(toBfloat16(t));
      const plain = linear({ layout });
      tidy(() => {
        const exact = plain.forward(round(x), round(weight), bias).output;
        const exactGradients = plain.backward(round(dy), [round(x), round(weight), bias], []);
        exactGradients[2] = dy.sum(0);
        for (const [actual, expected] of [
          [output, exact],
          ...gradients.map((gradient, i) => [gradient!, exactGradients[i]!]),
        ]) {
          assert.equal(isBfloat16(actual), false);
          const [a, b] = [actual.dataSync(), expected.dataSync()];
          // One rounding of the result, whose sums are float32.
          for (let i = 0; i < b.length; i++)
            assert.ok(
              Math.abs(a[i] - b[i]) <= 2 ** -7 * (Math.abs(b[i]) + 0.1),
              `${a[i]}, ${b[i]}`,
            );
        }
      });
      tf.dispose([output, ...kept, ...gradients.map((gradient) => gradient!), low]);
    });
    assert.deepEqual(leak, { tfjs: 0, native: 0 });
  });
