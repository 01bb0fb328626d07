import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Stream } from "../../lib/random/stream";
import { Streams } from "../../lib/random/streams";

const N = 40_000;

function moments(draw: () => number): { mean: number; variance: number } {
  const values = Array.from({ length: N }, draw);
  const mean = values.reduce((a, b) => a + b, 0) / N;
  return { mean, variance: values.reduce((a, b) => a + (b - mean) ** 2, 0) / N };
}

test("a stream is fixed by its path: same path same numbers, any other path other numbers", () => {
  const draw = (...path: (string | number)[]) => {
    const stream = new Stream(path);
    return Array.from({ length: 8 }, () => stream.bits());
  };
  assert.deepEqual(draw("seed", 0, "init"), draw("seed", 0, "init"));
  assert.notDeepEqual(draw("seed", 0, "init"), draw("seed", 1, "init"));
  assert.notDeepEqual(draw("seed", 0, "init"), draw("seed", 0, "sampling"));
  // The path is a list, not a joined text.
  assert.notDeepEqual(draw("a", "b"), draw("ab"));
});

test("these numbers stay the same for ever: records depend on them", () => {
  const stream = Streams.ofSeed(0).generation(1).get("init");
  assert.deepEqual([stream.bits(), stream.bits(), stream.bits()], GOLDEN.bits);
  assert.deepEqual(stream.key(), GOLDEN.key);
});

test("at() and key() do not advance the stream", () => {
  const a = new Stream(["x"]);
  const b = new Stream(["x"]);
  a.at(3).bits();
  a.key();
  assert.equal(a.bits(), b.bits());
});

test("uniform has mean 1/2 and variance 1/12 and lies in [0, 1)", () => {
  const stream = new Stream(["uniform"]);
  const { mean, variance } = moments(() => {
    const u = stream.uniform();
    assert.ok(u >= 0 && u < 1);
    return u;
  });
  assert.ok(Math.abs(mean - 1 / 2) < 4 * Math.sqrt(1 / 12 / N));
  assert.ok(Math.abs(variance - 1 / 12) < 0.002);
});

test("normal has mean 0, variance 1 and P(|z| > 1.96) = 0.05", () => {
  const stream = new Stream(["normal"]);
  let tails = 0;
  const { mean, variance } = moments(() => {
    const z = stream.normal();
    if (Math.abs(z) > 1.959964) tails += 1;
    return z;
  });
  assert.ok(Math.abs(mean) < 4 / Math.sqrt(N));
  assert.ok(Math.abs(variance - 1) < 4 * Math.sqrt(2 / N));
  assert.ok(Math.abs(tails / N - 0.05) < 4 * Math.sqrt((0.05 * 0.95) / N));
});

test("gamma(k) has mean k and variance k; chiSquare(ν) has mean ν and variance 2ν", () => {
  for (const k of [0.5, 1, 7.5]) {
    const { mean, variance } = moments(() => gamma.gamma(k));
    assert.ok(Math.abs(mean - k) < 4 * Math.sqrt(k / N), `gamma ${k} mean ${mean}`);
    assert.ok(Math.abs(variance / k - 1) < 0.1, `gamma ${k} variance ${variance}`);
  }
  const { mean, variance } = moments(() => gamma.chiSquare(9));
  assert.ok(Math.abs(mean - 9) < 4 * Math.sqrt(18 / N));
  assert.ok(Math.abs(variance / 18 - 1) < 0.1);
});
const gamma = new Stream(["gamma"]);

test("permutation(n) holds each of 0 … n−1 once", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 200 }), fc.integer(), (n, seed) => {
      const order = new Stream([seed]).permutation(n);
      assert.deepEqual(
        [...order].sort((a, b) => a - b),
        Array.from({ length: n }, (_, i) => i),
      );
    }),
  );
});

test("subset(n, k) holds k distinct numbers below n, ascending, each with probability k/n", () => {
  const counts = new Float64Array(10);
  for (let repeat = 0; repeat < 5000; repeat++) {
    const chosen = new Stream(["subset", repeat]).subset(10, 3);
    assert.equal(new Set(chosen).size, 3);
    assert.deepEqual(
      [...chosen],
      [...chosen].sort((a, b) => a - b),
    );
    for (const i of chosen) counts[i] += 1;
  }
  for (const count of counts) assert.ok(Math.abs(count / 5000 - 0.3) < 0.03);
  assert.throws(() => new Stream(["s"]).subset(3, 4), /cannot draw 4 distinct items out of 3/);
});
const GOLDEN = { bits: [1922752504, 1545831934, 108106375], key: [266222147, -382893553] };

test("NaN, infinities, null and undefined name no stream: they would all be one", () => {
  for (const seed of [Number.NaN, Infinity, -Infinity, null, undefined, {}] as number[]) {
    const refused = /texts and finite numbers/;
    assert.throws(() => Streams.ofSeed(seed).get("init"), refused, `${seed}`);
    assert.throws(() => new Stream(["x"]).at("step", seed), refused, `${seed}`);
  }
});

test("counts that are no whole number are refused, not rounded", () => {
  const stream = new Stream(["counts"]);
  for (const n of [2.5, -1, Number.NaN, Infinity]) {
    assert.throws(() => stream.permutation(n), RangeError, `permutation(${n})`);
    assert.throws(() => stream.integer(n), RangeError, `integer(${n})`);
    assert.throws(() => stream.subset(n, 1), RangeError, `subset(${n}, 1)`);
    assert.throws(() => stream.subset(5, n), RangeError, `subset(5, ${n})`);
    if (n !== 2.5) assert.throws(() => stream.chiSquare(n), RangeError, `chiSquare(${n})`);
  }
  assert.throws(() => stream.integer(0), RangeError);
  assert.throws(() => stream.gamma(0), RangeError);
  assert.equal(stream.permutation(0).length, 0);
  assert.equal(stream.subset(0, 0).length, 0);
});
