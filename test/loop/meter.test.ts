import assert from "node:assert/strict";
import { test } from "node:test";
import { gaussianTask } from "../../lib/experiments/toy/gaussian";
import { chain } from "../../lib/loop/chain";
import { jobsOf } from "../../lib/loop/jobs";
import { Meter } from "../../lib/loop/meter";
import type { Work } from "../../lib/loop/work";
import { replace } from "../../lib/pool/regimes";
import type { RunStore } from "../../lib/store/runStore";

const config = { data: { trainItems: 10 } };
const [first, second] = jobsOf(
  chain({ task: gaussianTask, config, regime: replace, seed: 0, iterations: 2 }),
  { address: "real", data: "data", items: 10, description: "" },
);
const { fit, block, evaluations } = second.stages;
const work: Work = { job: second, unfinished: [fit, block, ...evaluations], cost: 20 };

/** A store in which every stage is finished, after so many seconds by its kind. */
const storeOf = (seconds: Readonly<Record<string, number>>) =>
  ({
    has: () => true,
    read: (kind: string) => ({ provenance: { wallSeconds: seconds[kind] } }),
  }) as unknown as RunStore;

test("stages weigh as much as the time that finished stages of their name took", () => {
  const meter = new Meter([work], storeOf({ fit: 1, block: 2, evaluation: 7 }));
  meter.learn(first);
  // In the order in which they are made: fit, the evaluation, sampling.
  assert.equal(meter.fraction(work, "fit", 0.5), 0.05);
  assert.equal(meter.fraction(work, "fit", 1), 0.1);
  assert.equal(meter.fraction(work, "test-loss", 1), 0.8);
  assert.equal(meter.fraction(work, "sample", 0.5), 0.9);
  assert.equal(meter.fraction(work, "sample", 1), 1);
  assert.deepEqual(meter.advance(work, 0.8), { done: 16, total: 20 });
  // What was counted stays counted.
  assert.deepEqual(meter.advance(work, 0.1), { done: 16, total: 20 });
});

test("until stages of all names were seen, a fit is nearly all of the work; finished stages are none", () => {
  const meter = new Meter([work], storeOf({}));
  assert.ok(Math.abs(meter.fraction(work, "fit", 1) - 0.9) < 1e-12);
  const measured: Work = { job: second, unfinished: evaluations, cost: 1 };
  assert.equal(meter.fraction(measured, "test-loss", 0.5), 0.5);
});
