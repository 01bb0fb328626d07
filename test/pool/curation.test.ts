import assert from "node:assert/strict";
import { test } from "node:test";
import { type CurationCounts, type CurationSource, curate } from "../../lib/pool/curation/curate";
import { type Curation, type CurationInput, curationSpec } from "../../lib/pool/curation/spec";
import { MemoryBlock } from "../../lib/pool/memoryBlock";
import type { Batch, Schema } from "../../lib/pool/schema";
import { Stream } from "../../lib/random/stream";

const schema: Schema = { x: { dtype: "float64", shape: [] } };
const batchOf = (values: readonly number[]): Batch => ({
  length: values.length,
  columns: { x: { data: Float64Array.from(values) } },
});
const valuesOf = ({ columns: { x } }: Batch): number[] => Array.from(x.data);

/** Samples 0, 1, 2, … (each round further on), in chunks of a size; the score is x mod 10. */
function source(chunk: number, score: (x: number) => number = (x) => x % 10): CurationSource {
  return {
    schema,
    async *draw(count, round) {
      for (let from = 0; from < count; from += chunk) {
        const length = Math.min(chunk, count - from);
        yield batchOf(Array.from({ length }, (_, i) => 1000 * round + from + i));
      }
    },
    score: async (_name, batch) => valuesOf(batch).map(score),
    edit: async (_name, batch, streamOf) =>
      batchOf(valuesOf(batch).map((x, i) => -x - streamOf(i).uniform() / 2)),
    async store(batches) {
      const all: Batch[] = [];
      for await (const batch of batches) all.push(batch);
      return MemoryBlock.of(schema, all);
    },
  };
}

async function run(spec: CurationInput, count: number, from: CurationSource, seed = 0) {
  const counts: CurationCounts = { drawn: 0, kept: 0, changed: 0 };
  const curation: Curation = curationSpec.parse(spec);
  const values: number[] = [];
  for await (const batch of curate(curation, count, from, new Stream(["curation", seed]), counts))
    values.push(...valuesOf(batch));
  return { values, counts };
}

const EVERY: CurationInput[] = [
  { kind: "best-of", candidates: 3, reward: "s" },
  { kind: "best-of", candidates: 2, reward: "s", other: { share: 0.4, reward: "s", factor: -1 } },
  { kind: "keep-top", share: 0.25, score: "s" },
  { kind: "window", score: "s", centre: 4, radius: 1 },
  { kind: "resample", detector: "s", power: 3, factor: 1.5, repeats: 3 },
  { kind: "edit", edit: "e", share: 0.3 },
];

test("every curation gives as many items as asked for, the same ones in chunks of any size", async () => {
  for (const spec of EVERY) {
    const score = spec.kind === "resample" ? (x: number) => (x % 10) / 10 : undefined;
    const whole = await run(spec, 60, source(1000, score));
    assert.equal(whole.values.length, 60);
    assert.equal(whole.counts.kept, 60);
    for (const chunk of [1, 7, 60]) {
      const { values, counts } = await run(spec, 60, source(chunk, score));
      assert.deepEqual([spec.kind, values], [spec.kind, whole.values]);
      // A window stops within a chunk; the others draw what they need.
      if (spec.kind !== "window") assert.deepEqual(counts, whole.counts);
    }
    if (spec.kind === "best-of" || spec.kind === "resample" || spec.kind === "edit")
      assert.notDeepEqual((await run(spec, 60, source(1000, score), 1)).values, whole.values);
  }
});

test("drawn, kept and changed items are counted", async () => {
  const counts = async (spec: CurationInput) =>
    (
      await run(
        spec,
        12,
        source(5, (x) => (x % 10) / 10),
      )
    ).counts;
  assert.deepEqual(await counts(EVERY[0]), { drawn: 36, kept: 12, changed: 0 });
  assert.deepEqual(await counts(EVERY[2]), { drawn: 48, kept: 12, changed: 0 });
  assert.deepEqual(await counts(EVERY[4]), { drawn: 8, kept: 12, changed: 0 });
  const edited = await run(EVERY[5], 12, source(5));
  assert.deepEqual(edited.counts.changed, edited.values.filter((x) => x < 0).length);
});

test("best of K takes one of each K in turn; with a large factor the best, with −1 of it the worst", async () => {
  const best = { kind: "best-of", candidates: 5, reward: "s" } as const;
  const { values } = await run(best, 40, source(9));
  assert.deepEqual(
    values.map((x) => Math.floor(x / 5)),
    values.map((_, i) => i),
  );
  const top = await run({ ...best, factor: 1000 }, 40, source(9));
  assert.ok(top.values.every((x) => x % 5 === 4));
  const bottom = await run({ ...best, factor: -1000 }, 40, source(9));
  assert.ok(bottom.values.every((x) => x % 5 === 0));
});

test("best of 2 chooses x over y with probability e^x/(e^x + e^y), within 4.5 s.e.", async () => {
  const { values } = await run(
    { kind: "best-of", candidates: 2, reward: "s", factor: 0.7 },
    20_000,
    source(999, (x) => x % 2),
  );
  const share = values.filter((x) => x % 2 === 1).length / values.length;
  const expected = Math.exp(0.7) / (1 + Math.exp(0.7));
  assert.ok(Math.abs(share - expected) < 4.5 * Math.sqrt((expected * (1 - expected)) / 20_000));
});

test("the top share has the highest scores, ties by the earlier one, in the order drawn", async () => {
  const { values } = await run({ kind: "keep-top", share: 0.2, score: "s" }, 5, source(4));
  // Scores 0 … 9 over 25 samples: 9 and 19, 8 and 18, and of 7 and 17 the earlier one.
  assert.deepEqual(
    values,
    [8, 9, 18, 19, 7].sort((a, b) => a - b),
  );
});

test("a window keeps what lies within it, bounds included, and gives up where hardly anything does", async () => {
  const { values, counts } = await run(
    { kind: "window", score: "s", centre: 4, radius: 1 },
    6,
    source(5),
  );
  // 6 samples are drawn at first, of which 3, 4 and 5 are kept; for 3 more, at that rate, 6 again.
  assert.deepEqual(values, [3, 4, 5, 1003, 1004, 1005]);
  assert.equal(counts.drawn, 6 + 6);
  await assert.rejects(
    run({ kind: "window", score: "s", centre: 40, radius: 1 }, 1, source(1000)),
    /keeps only 0 of \d+ samples: the model has left it/,
  );
});

test("resampling draws with weights (1 − q)^b: of two kinds the shares are as the weights, within 4.5 s.e.", async () => {
  const [power, q] = [2, [0.2, 0.6]];
  // Few of many copies are drawn, so that drawing without replacement hardly matters.
  const { values } = await run(
    { kind: "resample", detector: "s", power, factor: 0.01 },
    1000,
    source(5000, (x) => q[x % 2]),
  );
  const share = values.filter((x) => x % 2 === 0).length / values.length;
  const [a, b] = q.map((p) => (1 - p) ** power);
  assert.ok(Math.abs(share - a / (a + b)) < 4.5 * Math.sqrt((share * (1 - share)) / 1000));
});

test("resampling takes no item more often than it is repeated, and none that the detector is sure of", async () => {
  const { values } = await run(
    { kind: "resample", detector: "s", power: 1, factor: 1, repeats: 2 },
    100,
    source(7, (x) => (x % 2 === 0 ? 1 : 0.5)),
  );
  const times = new Map<number, number>();
  for (const x of values) times.set(x, (times.get(x) ?? 0) + 1);
  assert.ok([...times].every(([x, n]) => x % 2 === 1 && n === 2));
  await assert.rejects(
    run(
      { kind: "resample", detector: "s", power: 1, factor: 1 },
      10,
      source(7, () => 1),
    ),
    /is sure of all but 0 of 10 copies; 10 are to be drawn/,
  );
  await assert.rejects(
    run(
      { kind: "resample", detector: "s", power: 1, factor: 1 },
      10,
      source(7, () => 1.5),
    ),
    /gives 1.5; it must lie between 0 and 1/,
  );
});

test("an edit changes a share of the items, each with random numbers of its own, and leaves the others", async () => {
  const { values } = await run({ kind: "edit", edit: "e", share: 0.3 }, 4000, source(300));
  const changed = values.filter((x) => x < 0);
  assert.ok(Math.abs(changed.length / 4000 - 0.3) < 4.5 * Math.sqrt((0.3 * 0.7) / 4000));
  for (const [i, x] of values.entries()) assert.ok(x === i || (x <= -i && x > -i - 0.5));
  assert.equal(new Set(changed).size, changed.length);
});
