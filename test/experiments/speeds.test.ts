import assert from "node:assert/strict";
import { test } from "node:test";
import type { Costs } from "../../lib/experiments/forecast/costs";
import { Speeds } from "../../lib/experiments/forecast/speeds";
import type { RunStore } from "../../lib/store/runStore";

const REFERENCE = { operationsPerSecond: 1, secondsPerStep: 0, basis: "nothing" };
/** One operation per item trained on; whatever the size, a fit takes `fit` seconds. */
const costs = (fit: number): Costs => ({
  ...{ trainItems: 1, items: "items", unit: "items", unitsPerItem: 1, batchSize: 1000 },
  steps: () => 1,
  ...{
    fitOperations: 1,
    sampleOperations: 1,
    evaluationOperations: 1,
    modelBytes: 1,
    itemBytes: 1,
  },
  fixedSeconds: { fit, sample: 0, evaluation: 0 },
});
const config = { model: { family: "toy" } };
/** Fits on so many items that took so many seconds. */
const storeOf = (fits: readonly (readonly [items: number, seconds: number])[]) =>
  ({
    list: (kind: string) => (kind === "fit" ? fits.map((_, i) => String(i)) : []),
    read: (_: string, address: string) => ({
      identity: { task: "toy", config, n: 1 },
      result: { trainedOn: { 1: fits[Number(address)][0] } },
      provenance: { wallSeconds: 99, cpuSeconds: fits[Number(address)][1] },
    }),
  }) as unknown as RunStore;
const fit = (fits: Parameters<typeof storeOf>[0], fixed: number, items: number) =>
  new Speeds(
    storeOf(fits),
    "toy",
    () => costs(fixed),
    () => REFERENCE,
  ).fit(config, items, 1);

test("a fit takes its fixed seconds, and the rest of the measured processor time by its operations", () => {
  const measured = [
    [10, 3],
    [30, 5],
  ] as const;
  // 2 s each, and 0.1 s an item.
  assert.ok(Math.abs(fit(measured, 2, 20) - 4) < 1e-12);
  assert.ok(Math.abs(fit(measured, 2, 200) - 22) < 1e-12);
  assert.ok(Math.abs(fit(measured, 0, 20) - 4) < 1e-12);
  assert.ok(Math.abs(fit(measured, 0, 200) - 40) < 1e-12);
});

test("at most nine tenths of what was measured are fixed, so that more items always take longer", () => {
  assert.ok(Math.abs(fit([[10, 1]], 5, 10) - 1) < 1e-12);
  assert.ok(Math.abs(fit([[10, 1]], 5, 20) - 1.1) < 1e-12);
});
