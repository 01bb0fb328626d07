import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { divide, lengthsOf, pack, positionsOf } from "../../../lib/models/language/packed";

const shape = { vocabulary: 10, context: 4 };

test("Each story is seen from <|endoftext|> on, and every token of it is a target", () => {
  const { inputs, targets, offsets } = pack([[5, 6, 0], [7]], shape);
  assert.deepEqual([...inputs], [0, 5, 6, 0]);
  assert.deepEqual([...targets], [5, 6, 0, 7]);
  assert.deepEqual([...offsets], [0, 3, 4]);
});

test("A story longer than the context is cut to its first tokens", () => {
  const { inputs, targets } = pack([[1, 2, 3, 4, 5, 0]], shape);
  assert.deepEqual([...inputs], [0, 1, 2, 3]);
  assert.deepEqual([...targets], [1, 2, 3, 4]);
});

test("A token outside the vocabulary is named with its story and place", () => {
  for (const token of [10, -1, Number.NaN])
    assert.throws(
      () => pack([[1], [2, token]], shape),
      new RegExp(`^UserError: Token ${token} at position 1 of story 2 .* vocabulary of 10\\.`),
    );
});

test("An empty story is refused by its number", () => {
  assert.throws(() => pack([[1], []], shape), /^UserError: Story 2 of a batch is empty/);
});

const stories = fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 9 }), {
  minLength: 1,
});

test("Parts hold whole sequences, in order, of at most the rows asked for or one longer sequence", () => {
  fc.assert(
    fc.property(stories, fc.integer({ min: 1, max: 20 }), (stories, rows) => {
      const batch = pack(stories, { vocabulary: 10, context: 100 });
      const pieces = divide(batch, rows);
      assert.deepEqual(
        pieces.flatMap((piece) => [...piece.targets]),
        [...batch.targets],
      );
      assert.deepEqual(
        pieces.flatMap((piece) => [...lengthsOf(piece.offsets)]),
        stories.map(({ length }) => length),
      );
      for (const { offsets, inputs } of pieces)
        assert.ok(inputs.length <= rows || offsets.length === 2);
    }),
  );
});

test("Positions count from 0 in each sequence", () => {
  assert.deepEqual([...positionsOf(Int32Array.of(0, 3, 4, 6))], [0, 1, 2, 0, 0, 1]);
});
