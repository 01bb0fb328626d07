import assert from "node:assert/strict";
import { test } from "node:test";
import { fromBytes, toBytes } from "../../lib/engine/bytes";
import { normal, uniform } from "../../lib/engine/random";
import { Stream } from "../../lib/random/stream";
import { tf } from "./gradients";

const N = 200_000;
const draw = (make: typeof normal, ...path: (string | number)[]): Float32Array =>
  make([N], new Stream(path)).dataSync<"float32">();

test("Native draws: the same stream gives the same bits, another stream other ones, seed 0 too", () => {
  for (const make of [normal, uniform]) {
    assert.deepEqual(draw(make, "seed", 0), draw(make, "seed", 0));
    const a = draw(make, "seed", 0);
    const b = draw(make, "seed", 1);
    assert.ok(a.filter((x, i) => x === b[i]).length < N / 1000);
  }
});

test("Native normals have the moments 0, 1, 0, 3 and are uncorrelated across streams", () => {
  const z = draw(normal, "moments");
  const other = draw(normal, "moments", 1);
  const mean = (f: (x: number, i: number) => number) =>
    z.reduce((sum, x, i) => sum + f(x, i), 0) / N;
  const within = (value: number, expected: number, variance: number) =>
    assert.ok(Math.abs(value - expected) < 4.5 * Math.sqrt(variance / N), `${value}`);
  within(
    mean((x) => x),
    0,
    1,
  );
  within(
    mean((x) => x ** 2),
    1,
    2,
  );
  within(
    mean((x) => x ** 3),
    0,
    15,
  );
  within(
    mean((x) => x ** 4),
    3,
    96,
  );
  within(
    mean((x, i) => x * other[i]),
    0,
    1,
  );
});

test("Native uniforms fill [0, 1) evenly: chi-square over 100 cells", () => {
  const cells = new Float64Array(100);
  for (const u of draw(uniform, "cells")) {
    assert.ok(u >= 0 && u < 1);
    cells[Math.floor(u * 100)]++;
  }
  const chi = cells.reduce((sum, count) => sum + (count - N / 100) ** 2 / (N / 100), 0);
  // 99 degrees of freedom: 0.001 and 0.999 quantiles.
  assert.ok(chi > 60.2 && chi < 149.4, `${chi}`);
});

test("Bytes become the floats of the same value, and [0, 1] becomes round(255·x)", () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
  const floats = fromBytes(bytes, [16, 16]);
  assert.deepEqual(floats.shape, [16, 16]);
  assert.deepEqual([...floats.dataSync()], [...bytes]);
  assert.deepEqual(toBytes(floats.div(255)), bytes);
  assert.deepEqual([...toBytes(tf.tensor([0, 0.001, 0.5, 0.999, 1]))], [0, 0, 128, 255, 255]);
});
