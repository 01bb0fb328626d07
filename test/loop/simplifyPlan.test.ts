import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { itemsOf, simplifyPlan } from "../../lib/loop/simplifyPlan";
import { MemoryBlock } from "../../lib/pool/memoryBlock";
import { poolOf } from "../../lib/pool/pool";
import type { Part, Plan } from "../../lib/pool/regime";
import { viewOf } from "../../lib/pool/viewOf";
import { Stream } from "../../lib/random/stream";

const SIZES = [6, 4, 5];
const SCHEMA = { x: { dtype: "float64", shape: [] } } as const;
const blockOf = (length: number) =>
  new MemoryBlock(SCHEMA, { length, columns: { x: { data: new Float64Array(length) } } });
const pool = poolOf(new Map(SIZES.map((length, k) => [k + 1, blockOf(length)])));

const part: fc.Arbitrary<Part> = fc.integer({ min: 1, max: SIZES.length }).chain((block) => {
  const size = SIZES[block - 1];
  return fc.record(
    {
      block: fc.constant(block),
      range: fc
        .tuple(fc.constantFrom(0, 1), fc.constantFrom(size - 1, size))
        .map(([from, to]) => [from, to] as const),
      draw: fc.integer({ min: 1, max: size - 2 }),
      weight: fc.constantFrom(1, 2),
    },
    { requiredKeys: ["block"] },
  );
});

/** Among them plans that draw all there is. */
const plan: fc.Arbitrary<Plan> = fc
  .tuple(fc.array(part, { minLength: 1, maxLength: 4 }), fc.constantFrom(0, 1, Number.NaN))
  .map(([parts, less]) => {
    const items = parts.reduce((sum, one) => sum + itemsOf(one, SIZES[one.block - 1]), 0);
    return {
      parts,
      ...(Number.isNaN(less) || items < 2 ? {} : { subsample: items - less }),
      produce: 1,
    };
  });

const items = (one: Plan) => {
  const view = viewOf(one, pool, new Stream(["draws"]));
  return Array.from({ length: view.length }, (_, i) => [view.provenance(i), view.weight(i)]);
};

test("a simplified plan takes the same items, with the same weights, in the same order", () => {
  let simpler = 0;
  fc.assert(
    fc.property(plan, (written) => {
      const blockItems = written.parts.map(({ block }) => SIZES[block - 1]);
      const simple = simplifyPlan(written, blockItems);
      assert.deepEqual(items(simple), items(written));
      assert.deepEqual(simplifyPlan(simple, blockItems), simple);
      if (JSON.stringify(simple) !== JSON.stringify(written)) simpler++;
    }),
  );
  assert.ok(simpler > 10, `${simpler} plans were simplified`);
});
