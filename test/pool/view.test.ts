import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { UserError } from "../../lib/errors";
import { MemoryBlock } from "../../lib/pool/memoryBlock";
import { poolOf } from "../../lib/pool/pool";
import type { Part, Plan } from "../../lib/pool/regime";
import { viewOf } from "../../lib/pool/viewOf";
import { Stream } from "../../lib/random/stream";
import { batchOf, ID_SCHEMA, idBatch, SCHEMA } from "./support";

function pool(...lengths: number[]) {
  return poolOf(
    new Map(
      lengths.map((length, k) => [k + 1, MemoryBlock.of(ID_SCHEMA, [idBatch(k + 1, length)])]),
    ),
  );
}

const LENGTHS = [9, 1, 14, 0, 6];

/** Any plan over blocks of {@link LENGTHS} that takes at least one item. */
const plans: fc.Arbitrary<Plan> = fc
  .array(
    fc
      .tuple(fc.integer({ min: 1, max: 5 }), fc.nat(), fc.nat(), fc.nat(), fc.nat(2))
      .map(([block, a, b, c, form]): Part => {
        const [from, to] = [a, b].map((x) => x % (LENGTHS[block - 1] + 1)).sort((x, y) => x - y);
        if (form === 0) return { block };
        if (form === 1) return { block, range: [from, to] };
        return { block, range: [from, to], draw: c % (to - from + 1) };
      }),
    { minLength: 1, maxLength: 5 },
  )
  .chain((parts) =>
    fc.record(
      { parts: fc.constant(parts), produce: fc.constant(1), subsample: fc.nat() },
      { requiredKeys: ["parts", "produce"] },
    ),
  )
  .map((plan) => {
    const size = plan.parts.reduce((sum, part) => sum + sizeOf(part), 0);
    return plan.subsample === undefined
      ? plan
      : { ...plan, subsample: 1 + (plan.subsample % size) };
  })
  .filter((plan) => plan.parts.some((part) => sizeOf(part) > 0));

function sizeOf({ block, range, draw }: Part): number {
  return draw ?? (range ? range[1] - range[0] : LENGTHS[block - 1]);
}

test("a view: length, order, values and provenance agree, however it is read", () => {
  const five = pool(...LENGTHS);
  fc.assert(
    fc.property(
      plans,
      fc.array(fc.nat(), { maxLength: 20 }),
      fc.nat(),
      fc.nat(),
      (plan, w, a, b) => {
        const view = viewOf(plan, five, new Stream(["view test"]));
        const size = plan.subsample ?? plan.parts.reduce((sum, part) => sum + sizeOf(part), 0);
        assert.equal(view.length, size);
        const ids = Array.from({ length: size }, (_, i) => {
          const { block, index } = view.provenance(i);
          return 1_000_000 * block + index;
        });
        assert.deepEqual([...view.range(0, size).columns.id.data], ids);
        const [from, to] = [a, b].map((x) => x % (size + 1)).sort((x, y) => x - y);
        assert.deepEqual([...view.range(from, to).columns.id.data], ids.slice(from, to));
        const indices = w.map((x) => x % size);
        assert.deepEqual(
          [...view.gather(indices).columns.id.data],
          indices.map((i) => ids[i]),
        );
        const counts = new Map<string, number>();
        for (const id of ids) {
          const block = String(Math.floor(id / 1_000_000));
          counts.set(block, (counts.get(block) ?? 0) + 1);
        }
        assert.deepEqual(new Map(view.counts()), counts);
      },
    ),
    { numRuns: 300 },
  );
});

test("whole parts and ranges are concatenated in the plan's order", () => {
  const view = viewOf(
    { parts: [{ block: 3 }, { block: 1, range: [2, 4] }, { block: 2 }], produce: 0 },
    pool(5, 1, 3),
    new Stream(["x"]),
  );
  assert.deepEqual(
    [...view.range(0, 6).columns.id.data],
    [3_000_000, 3_000_001, 3_000_002, 1_000_002, 1_000_003, 2_000_000],
  );
});

test("draws hold distinct items of the range, follow from the stream alone and differ by part", () => {
  const plan: Plan = {
    parts: [
      { block: 1, range: [100, 400], draw: 150 },
      { block: 2, draw: 150 },
    ],
    produce: 0,
  };
  const ids = (seed: string) => {
    const view = viewOf(plan, pool(500, 300), new Stream([seed]));
    return Array.from({ length: 300 }, (_, i) => view.provenance(i).index);
  };
  const own = ids("a");
  const [first, second] = [own.slice(0, 150), own.slice(150)];
  assert.equal(new Set(first).size, 150);
  assert.ok(first.every((index) => index >= 100 && index < 400));
  assert.deepEqual(ids("a"), own);
  assert.notDeepEqual(ids("b"), own);
  assert.notDeepEqual(
    first.map((index) => index - 100),
    second,
  );
});

test("ragged and fixed fields of several blocks are gathered in the asked order", () => {
  const batches = [
    batchOf(
      [
        [2, 1],
        [0, 2],
        [3, 0],
      ],
      1,
    ),
    batchOf(
      [
        [1, 1],
        [4, 2],
      ],
      2,
    ),
  ];
  const blocks = batches.map((batch, k): [number, MemoryBlock] => [
    k + 1,
    MemoryBlock.of(SCHEMA, [batch]),
  ]);
  const plan: Plan = { parts: [{ block: 1 }, { block: 2 }], produce: 0 };
  const view = viewOf(plan, poolOf(new Map(blocks)), new Stream(["x"]));
  const joint = MemoryBlock.of(SCHEMA, batches);
  for (const indices of [[4, 0, 3, 1, 2], [2, 2, 4, 4, 0], [1], []])
    assert.deepEqual(view.gather(indices), joint.gather(indices));
  assert.deepEqual(view.range(1, 5), joint.range(1, 5));
  assert.deepEqual(view.range(3, 3), joint.range(3, 3));
});

test("subsample is uniform without replacement (chi-square over 3,000 draws)", () => {
  const [draws, items, size] = [3000, 150, 50];
  const three = pool(50, 50, 50);
  const plan: Plan = {
    parts: [{ block: 1 }, { block: 2 }, { block: 3 }],
    subsample: size,
    produce: 0,
  };
  const hits = new Float64Array(items);
  for (let r = 0; r < draws; r++) {
    const view = viewOf(plan, three, new Stream(["chi-square", r]));
    const seen = new Set<number>();
    for (let i = 0; i < view.length; i++) {
      const { block, index } = view.provenance(i);
      seen.add(50 * (block - 1) + index);
    }
    assert.equal(seen.size, size);
    for (const item of seen) hits[item]++;
  }
  // Each count has mean R·p and variance R·p·(1−p); they sum to a constant, hence the last factor.
  const p = size / items;
  const square = hits.reduce((sum, hit) => sum + (hit - draws * p) ** 2, 0);
  const chiSquare = (square / (draws * p * (1 - p))) * ((items - 1) / items);
  // 0.1 % and 99.9 % quantiles for 149 degrees of freedom (Wilson–Hilferty).
  assert.ok(chiSquare > 101.3 && chiSquare < 208.1, `chi-square ${chiSquare}`);
});

test("plans that cannot be served end in a sentence", () => {
  const two = pool(10, 5);
  const empty = pool(0);
  const cases: [Plan, RegExp][] = [
    [{ parts: [{ block: 3 }], produce: 1 }, /no block 3; it has 1, 2.*what model 2 samples/],
    [
      { parts: [{ block: 1, range: [5, 11] }], produce: 1 },
      /items 5 … 10 of the real data, which hold only 10/,
    ],
    [
      { parts: [{ block: 2, draw: 6 }], produce: 1 },
      /draws 6 items of block 2 .* where there are 5/,
    ],
    [{ parts: [{ block: 1 }], subsample: 11, produce: 1 }, /draws 11 items .* out of only 10/],
    [{ parts: [{ block: 1 }], subsample: 0, produce: 1 }, /draws 0 items/],
    [{ parts: [], produce: 1 }, /training set is empty.*block 1 \(10 items\)/],
    [{ parts: [{ block: 1, range: [4, 4] }], produce: 1 }, /training set is empty/],
  ];
  const failing = (plan: Plan, from: typeof two, pattern: RegExp) =>
    assert.throws(
      () => viewOf(plan, from, new Stream(["x"])),
      (error) => error instanceof UserError && pattern.test(error.message),
    );
  for (const [plan, pattern] of cases) failing(plan, two, pattern);
  failing({ parts: [{ block: 1 }], produce: 1 }, empty, /training set is empty/);
  assert.throws(
    () => viewOf({ parts: [{ block: 1, range: [-1, 2] }], produce: 1 }, two, new Stream(["x"])),
    RangeError,
  );
});

test("positions outside of a view are named", () => {
  const view = viewOf({ parts: [{ block: 1 }], produce: 1 }, pool(3), new Stream(["x"]));
  assert.throws(() => view.gather([3]), /RangeError: item 3 is outside of the 3 items 0 … 2/);
  assert.throws(() => view.provenance(-1), RangeError);
  assert.throws(() => view.range(0, 4), RangeError);
});

test("an empty pool and blocks of different schemas are refused", () => {
  assert.throws(() => poolOf(new Map()), /The pool is empty/);
  const other = MemoryBlock.of({ id: { dtype: "uint8", shape: [] } }, [
    { length: 0, columns: { id: { data: new Uint8Array(0) } } },
  ]);
  const one = MemoryBlock.of(ID_SCHEMA, [idBatch(1, 2)]);
  assert.throws(
    () =>
      poolOf(
        new Map([
          [1, one],
          [2, other],
        ]),
      ),
    /Block 2 holds .*uint8.* block 1 holds .*int32.*must be alike/,
  );
});
