import assert from "node:assert/strict";
import { test } from "node:test";
import { Adam } from "../../lib/engine/adam";
import { engine } from "../../lib/engine/load";
import { countLeaks } from "../../lib/engine/memory";
import { DataParallel } from "../../lib/engine/parallel/dataParallel";
import type { GradientFunction } from "../../lib/engine/parallel/gradientFunction";
import { Parameters } from "../../lib/engine/parameters";
import { UserError } from "../../lib/errors";
import { type Rows, squaresGradients } from "../support/squaresGradients";

const { tf } = engine({ threads: 1 });
const CONFIG = { largest: 100 };

const line = () =>
  new Parameters({
    slope: { shape: [1], data: Float32Array.of(2) },
    offset: { shape: [1], data: Float32Array.of(1) },
  });

const PARTS: Rows[] = [
  { x: Float32Array.of(0, 1), y: Float32Array.of(0, 0) },
  { x: Float32Array.of(2), y: Float32Array.of(1) },
  { x: Float32Array.of(3, 4, 5), y: Float32Array.of(7, 9, 12) },
];

for (const others of [0, 1, 2])
  test(`${others} more threads: losses and gradients of a step are those of all rows together, of fewer parts too`, () => {
    const parameters = line();
    const dataParallel = new DataParallel(squaresGradients, CONFIG, parameters, others + 1);
    const { losses, gradients } = dataParallel.step(PARTS);
    // Errors 2x + 1 − y of the six rows: 1, 3, 4, 0, 0, −1.
    assert.deepEqual(losses, [(1 + 9 + 16 + 1) / 2, 6]);
    assert.deepEqual([...gradients.slope.dataSync()], [3 * 1 + 4 * 2 - 1 * 5]);
    assert.deepEqual([...gradients.offset.dataSync()], [1 + 3 + 4 - 1]);
    tf.dispose(gradients);
    // Fewer parts than threads leave threads idle.
    for (const parts of [PARTS.slice(0, 1), PARTS, PARTS.slice(0, 2)]) {
      const { losses, gradients } = dataParallel.step(parts);
      assert.equal(
        losses[1],
        parts.reduce((rows, { x }) => rows + x.length, 0),
      );
      tf.dispose(gradients);
    }
    dataParallel.dispose();
    parameters.dispose();
  });

test("Threads see every update: twenty steps end with the same bits on one and on three", () => {
  const trained = [0, 2].map((others) => {
    const parameters = line();
    const adam = new Adam(parameters);
    const dataParallel = new DataParallel(squaresGradients, CONFIG, parameters, others + 1);
    const history: number[] = [];
    for (let step = 0; step < 20; step++) {
      const { losses, gradients } = dataParallel.step(PARTS);
      history.push(losses[0]);
      adam.apply(gradients, 0.1);
      tf.dispose(gradients);
    }
    const saved = parameters.save();
    dataParallel.dispose();
    adam.dispose();
    parameters.dispose();
    return { history, slope: [...saved.slope.data], offset: [...saved.offset.data] };
  });
  assert.deepEqual(trained[1], trained[0]);
  assert.ok(trained[0].history[19] < trained[0].history[0] / 2);
});

test("An error in a thread reaches the caller as it was, and the next step works", () => {
  const parameters = line();
  const dataParallel = new DataParallel(squaresGradients, CONFIG, parameters, 2);
  const bad = { x: Float32Array.of(101), y: Float32Array.of(0) };
  assert.throws(() => dataParallel.step([PARTS[0], bad]), new UserError("x must be at most 100."));
  const { losses, gradients } = dataParallel.step(PARTS.slice(0, 2));
  assert.equal(losses[1], 3);
  tf.dispose(gradients);
  dataParallel.dispose();
  parameters.dispose();
});

test("A gradient function that its module does not export stops the step instead of leaving it waiting", () => {
  const parameters = line();
  const lost: GradientFunction<{ readonly largest: number }, Rows> = {
    ...squaresGradients,
    name: "lost",
  };
  const dataParallel = new DataParallel(lost, CONFIG, parameters, 2);
  assert.throws(() => dataParallel.step(PARTS.slice(0, 2)), /undefined/);
  dataParallel.dispose();
  parameters.dispose();
});

test("Steps leak no tensor, on one thread or two, and neither does an error in a thread", () => {
  const parameters = line();
  for (const others of [0, 1]) {
    const dataParallel = new DataParallel(squaresGradients, CONFIG, parameters, others + 1);
    const step = () => tf.dispose(dataParallel.step(PARTS).gradients);
    const bad = { x: Float32Array.of(101), y: Float32Array.of(0) };
    step();
    const left = countLeaks(() => {
      for (let i = 0; i < 20; i++) step();
      assert.throws(() => dataParallel.step([PARTS[0], bad]), UserError);
    });
    assert.deepEqual(left, { tfjs: 0, native: 0 });
    dataParallel.dispose();
  }
  parameters.dispose();
});
