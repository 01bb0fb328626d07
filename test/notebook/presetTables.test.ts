import assert from "node:assert/strict";
import { test } from "node:test";
import { EXPERIMENTS } from "../../lib/experiments/registry";
import { chainTable, flatten } from "../../lib/notebook/presetTables";

test("nested settings become dotted columns, lists and booleans text", () => {
  assert.deepEqual(
    flatten({
      epochs: 1,
      schedule: { kind: "linear", decaySteps: 5 },
      channels: [32, 64],
      smooth: true,
    }),
    {
      ...{ epochs: 1, "schedule.kind": "linear", "schedule.decaySteps": 5 },
      ...{ channels: "32, 64", smooth: "true" },
    },
  );
});

test("every family's presets can be shown as tables", () => {
  for (const { presets } of EXPERIMENTS)
    for (const { task } of Object.values(presets) as { task: object }[])
      for (const value of Object.values(flatten(task)))
        assert.ok(typeof value === "number" || typeof value === "string", String(value));
});

test("one row per variant and its chains", () => {
  const chains = [
    { regimes: [{ kind: "replace" }, { kind: "accumulate" }], iterations: 5, seeds: 3 },
    { regimes: [{ kind: "replace-multiple" }], iterations: 4, seeds: 1 },
  ];
  const changes = { sampling: { temperature: 0.3 } };
  const variants = [{ name: "main", label: "cold", role: "model", changes, chains }];
  assert.deepEqual(chainTable({ variants }), [
    {
      ...{ variant: "cold", changes: "sampling.temperature: 0.3" },
      ...{ regimes: "replace, accumulate", iterations: 5, seeds: 3 },
    },
    {
      ...{ variant: "cold", changes: "sampling.temperature: 0.3" },
      ...{ regimes: "replace-multiple", iterations: 4, seeds: 1 },
    },
  ]);
});
