import assert from "node:assert/strict";
import { test } from "node:test";
import { Adam } from "../../lib/engine/adam";
import { engine } from "../../lib/engine/load";
import { leaked } from "../../lib/engine/memory";
import { Parameters } from "../../lib/engine/parameters";
import type { Recipe } from "../../lib/engine/team/recipe";
import { Team } from "../../lib/engine/team/team";
import { UserError } from "../../lib/errors";
import { type Rows, squaresPart } from "../support/squaresPart";

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

for (const helpers of [0, 1, 2])
  test(`${helpers} helpers: sums and gradients of a step are those of all rows together`, () => {
    const parameters = line();
    const team = new Team(squaresPart, CONFIG, parameters, helpers + 1);
    const { sums, gradients } = team.step(PARTS);
    // Errors 2x + 1 − y of the six rows: 1, 3, 4, 0, 0, −1.
    assert.deepEqual(sums, [(1 + 9 + 16 + 1) / 2, 6]);
    assert.deepEqual([...gradients.slope.dataSync()], [3 * 1 + 4 * 2 - 1 * 5]);
    assert.deepEqual([...gradients.offset.dataSync()], [1 + 3 + 4 - 1]);
    tf.dispose(gradients);
    team.dispose();
    parameters.dispose();
  });

test("Helpers see every update: twenty steps end with the same bits with and without them", () => {
  const trained = [0, 2].map((helpers) => {
    const parameters = line();
    const adam = new Adam(parameters);
    const team = new Team(squaresPart, CONFIG, parameters, helpers + 1);
    const losses: number[] = [];
    for (let step = 0; step < 20; step++) {
      const { sums, gradients } = team.step(PARTS);
      losses.push(sums[0]);
      adam.apply(gradients, 0.1);
      tf.dispose(gradients);
    }
    const saved = parameters.save();
    team.dispose();
    adam.dispose();
    parameters.dispose();
    return { losses, slope: [...saved.slope.data], offset: [...saved.offset.data] };
  });
  assert.deepEqual(trained[1], trained[0]);
  assert.ok(trained[0].losses[19] < trained[0].losses[0] / 2);
});

test("Fewer parts than threads leave helpers idle", () => {
  const parameters = line();
  const team = new Team(squaresPart, CONFIG, parameters, 3);
  for (const parts of [PARTS.slice(0, 1), PARTS, PARTS.slice(0, 2)]) {
    const { sums, gradients } = team.step(parts);
    assert.equal(
      sums[1],
      parts.reduce((rows, { x }) => rows + x.length, 0),
    );
    tf.dispose(gradients);
  }
  team.dispose();
  parameters.dispose();
});

test("A helper's error reaches the caller as it was, and the next step works", () => {
  const parameters = line();
  const team = new Team(squaresPart, CONFIG, parameters, 2);
  const bad = { x: Float32Array.of(101), y: Float32Array.of(0) };
  assert.throws(() => team.step([PARTS[0], bad]), new UserError("x must be at most 100."));
  const { sums, gradients } = team.step(PARTS.slice(0, 2));
  assert.equal(sums[1], 3);
  tf.dispose(gradients);
  team.dispose();
  parameters.dispose();
});

test("A recipe that its module does not export stops the step instead of leaving it waiting", () => {
  const parameters = line();
  const lost: Recipe<{ readonly largest: number }, Rows> = { ...squaresPart, name: "lost" };
  const team = new Team(lost, CONFIG, parameters, 2);
  assert.throws(() => team.step(PARTS.slice(0, 2)), /undefined/);
  team.dispose();
  parameters.dispose();
});

test("Steps leak no tensor, helped or not", () => {
  const parameters = line();
  for (const helpers of [0, 1]) {
    const team = new Team(squaresPart, CONFIG, parameters, helpers + 1);
    const step = () => tf.dispose(team.step(PARTS).gradients);
    step();
    const left = leaked(() => {
      for (let i = 0; i < 20; i++) step();
    });
    assert.deepEqual(left, { tfjs: 0, native: 0 });
    team.dispose();
  }
  parameters.dispose();
});
