import assert from "node:assert/strict";
import { test } from "node:test";
import { countLeaks } from "../../../lib/engine/memory";
import { globalNorm } from "../../../lib/engine/norm";
import { Parameters } from "../../../lib/engine/parameters";
import { geoDiff } from "../../../lib/models/geodiff/index";
import { GeoDiffAdam } from "../../../lib/models/geodiff/optimiser";
import { branchOf } from "../../../lib/models/geodiff/parameters";
import { Stream } from "../../../lib/random/stream";
import type { Weights } from "../../../lib/store/weights";
import { clipByGlobalNorm } from "../../../lib/training/clip";
import { TINY, tf } from "./made";

const model = geoDiff(TINY);
const start = model.initial(new Stream(["init"]));
const names = Object.keys(start);
const filled = (value: number) =>
  Object.fromEntries(names.map((name) => [name, tf.fill([...start[name].shape], value)]));
const change = (saved: Weights, name: string) =>
  Array.from(saved[name].data, (x, i) => x - start[name].data[i]);

test("The first step of Adam is as long as the rate of the parameter's branch", () => {
  const parameters = new Parameters(start);
  const adam = new GeoDiffAdam(parameters);
  const gradients = filled(3);
  const norm = globalNorm(Object.values(gradients));
  assert.ok(Math.abs(norm - 3 * Math.sqrt(model.parameterCount)) < 1e-2);
  adam.apply(gradients, { global: 1e-3, local: 2e-3 });
  const saved = parameters.save();
  for (const name of names) {
    const rate = branchOf(name) === "global" ? 1e-3 : 2e-3;
    assert.ok(
      change(saved, name).every((x) => Math.abs(x + rate) < 1e-6),
      name,
    );
  }
  tf.dispose(gradients);
  adam.dispose();
  parameters.dispose();
});

test("A gradient longer than the clip counts as one of that length, all parameters together", () => {
  // The second step tells the length of the first: one clipped to a tenth against one that is not.
  const after = (first: number, clip: number) => {
    const parameters = new Parameters(start);
    const adam = new GeoDiffAdam(parameters);
    for (const value of [first, 1]) {
      const whole = filled(value);
      const gradients = clipByGlobalNorm(whole, globalNorm(Object.values(whole)), clip);
      adam.apply(gradients, 1e-3);
      tf.dispose(gradients);
    }
    const saved = parameters.save();
    adam.dispose();
    parameters.dispose();
    return saved;
  };
  const length = Math.sqrt(model.parameterCount);
  const [clipped, small] = [after(50, 5 * length), after(5, 1e9)];
  for (const name of names)
    clipped[name].data.forEach((x, i) => {
      assert.ok(Math.abs(x - small[name].data[i]) < 1e-6, name);
    });
  assert.notDeepEqual(after(50, 1e9), clipped);
});

test("Rows of SchNet's table of elements stay at most 10 long; no other table is cut", () => {
  const parameters = new Parameters(start);
  const adam = new GeoDiffAdam(parameters);
  const gradients = filled(-1);
  adam.apply(gradients, 20);
  const saved = parameters.save();
  const length = (name: string) => Math.hypot(...saved[name].data.slice(0, TINY.width));
  assert.ok(Math.abs(length("encoder_global.embedding.weight") - 10) < 1e-4);
  assert.ok(length("encoder_local.node_emb.weight") > 20);
  tf.dispose(gradients);
  adam.dispose();
  parameters.dispose();
});

test("Going on from a saved state ends with the same bits, and nothing leaks", () => {
  const steps = (from: Weights, count: number, first: number, state?: Weights) => {
    const parameters = new Parameters(from);
    const resume = state && { step: first, state };
    const adam = new GeoDiffAdam(parameters, {}, resume);
    for (let k = first; k < first + count; k++) {
      const stream = new Stream(["gradient", k]);
      const gradients = Object.fromEntries(
        names.map((name) => [
          name,
          tf.tensor(stream.normals(new Float32Array(start[name].data.length)), [
            ...start[name].shape,
          ]),
        ]),
      );
      adam.apply(gradients, { global: 1e-2, local: 1e-3 });
      tf.dispose(gradients);
    }
    const result = { weights: parameters.save(), state: adam.state() };
    adam.dispose();
    parameters.dispose();
    return result;
  };
  const whole = steps(start, 4, 0);
  const half = steps(start, 2, 0);
  assert.deepEqual(steps(half.weights, 2, 2, half.state), whole);
  assert.deepEqual(
    countLeaks(() => void steps(start, 1, 0)),
    { tfjs: 0, native: 0 },
  );
});
