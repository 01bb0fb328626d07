import assert from "node:assert/strict";
import { test } from "node:test";
import { Adam } from "../../lib/engine/adam";
import { Parameters } from "../../lib/engine/parameters";
import type { Weights } from "../../lib/store/weights";
import { random, tf } from "./gradients";

const start: Weights = {
  a: { shape: [2, 3], data: Float32Array.from([1, -2, 3, 0.5, 0.1, -0.3]) },
  b: { shape: [1], data: Float32Array.from([4]) },
};

/** Gradient of step t: noise, a constant, zero. */
const gradient = (name: string, shape: readonly number[], t: number) =>
  name === "b" ? tf.fill([1], t % 3) : random(`gradient ${t}`, ...shape).mul(10 ** (t % 4));

for (const weightDecay of [0, 0.1]) {
  test(`${weightDecay ? "AdamW" : "Adam"} follows the published algorithm for 12 steps`, () => {
    const parameters = new Parameters(start);
    const adam = new Adam(parameters, { weightDecay });
    const expected = Object.entries(start).map(([name, { shape, data }]) => ({
      name,
      shape,
      value: Float64Array.from(data),
      m: new Float64Array(data.length),
      v: new Float64Array(data.length),
    }));
    for (let t = 1; t <= 12; t++) {
      const rate = 0.01 * t;
      const gradients = Object.fromEntries(
        expected.map(({ name, shape }) => [name, gradient(name, shape, t)]),
      );
      for (const { name, value, m, v } of expected) {
        const g = gradients[name].dataSync();
        for (let i = 0; i < value.length; i++) {
          m[i] = 0.9 * m[i] + 0.1 * g[i];
          v[i] = 0.999 * v[i] + 0.001 * g[i] ** 2;
          const step = m[i] / (1 - 0.9 ** t) / (Math.sqrt(v[i] / (1 - 0.999 ** t)) + 1e-8);
          value[i] -= rate * (step + weightDecay * value[i]);
        }
      }
      adam.apply(gradients, rate);
    }
    for (const { name, value } of expected) {
      const { data } = parameters.save()[name];
      for (let i = 0; i < value.length; i++)
        assert.ok(Math.abs(data[i] - value[i]) < 2e-4, `${name}[${i}]: ${data[i]}, ${value[i]}`);
    }
    adam.dispose();
    parameters.dispose();
  });
}

test("Adam resumed from its saved moments ends with the same bits", () => {
  const run = (parameters: Parameters, adam: Adam, from: number, to: number) => {
    for (let t = from; t < to; t++)
      adam.apply({ a: gradient("a", [2, 3], t), b: gradient("b", [1], t) }, 0.01);
    return { parameters: parameters.save(), moments: adam.state() };
  };
  const whole = new Parameters(start);
  const expected = run(whole, new Adam(whole), 0, 10);

  const first = new Parameters(start);
  const half = run(first, new Adam(first), 0, 5);
  const second = new Parameters(half.parameters);
  const resumed = new Adam(second, {}, { step: 5, state: half.moments });
  assert.deepEqual(run(second, resumed, 5, 10), expected);
});

test("Parameters are copies: neither the given arrays nor a saved one change with an update", () => {
  const given = { a: { shape: [2], data: Float32Array.from([1, 2]) } };
  const parameters = new Parameters(given);
  const before = parameters.save();
  new Adam(parameters).apply({ a: tf.ones([2]) }, 0.5);
  assert.deepEqual([...given.a.data], [1, 2]);
  assert.deepEqual([...before.a.data], [1, 2]);
  assert.deepEqual(
    [...parameters.save().a.data].map((x) => Math.round(x * 1e4) / 1e4),
    [0.5, 1.5],
  );
});
