import assert from "node:assert/strict";
import { test } from "node:test";
import { activeUnits, meanGradient, meanPairwiseDistance } from "../../../lib/metrics/images";

const GREY = { height: 28, width: 28, channels: 1 };

const image = (grey: (y: number, x: number) => number): number[] =>
  Array.from({ length: 784 }, (_, i) => grey(Math.floor(i / 28), i % 28));

test("Active units: dimensions whose posterior mean has a variance above 0.01", () => {
  // Columns of variance 0.0081, 0.0121 and 0.
  assert.equal(activeUnits(Float32Array.of(0.09, 0.11, 7, -0.09, -0.11, 7), 3), 1);
});

test("Mean pairwise distance: √784 between black and white, and its mean over all pairs", () => {
  const [black, white] = [image(() => 0), image(() => 255)];
  assert.equal(meanPairwiseDistance(Uint8Array.from([...black, ...white]), 2), 28);
  assert.equal(
    meanPairwiseDistance(Uint8Array.from([...black, ...white, ...white]), 3),
    (28 + 28 + 0) / 3,
  );
});

test("Mean gradient: 1 for a chessboard, ½ for stripes, 0 for a plain image", () => {
  const chessboard = image((y, x) => 255 * ((y + x) % 2));
  const stripes = image((_, x) => 255 * (x % 2));
  assert.equal(meanGradient(Uint8Array.from(chessboard), GREY), 1);
  assert.equal(meanGradient(Uint8Array.from(stripes), GREY), 0.5);
  assert.equal(meanGradient(Uint8Array.from([...chessboard, ...image(() => 9)]), GREY), 0.5);
  // 1 × 2 pixels of three channels: |10 − 0|, |20 − 0|, |30 − 60|, no vertical neighbours.
  const colour = Uint8Array.of(0, 0, 60, 10, 20, 30);
  const size = { height: 1, width: 2, channels: 3 };
  assert.ok(Math.abs(meanGradient(colour, size) - 60 / 3 / 255) < 1e-15);
});
