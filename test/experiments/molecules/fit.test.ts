import assert from "node:assert/strict";
import { test } from "node:test";
import { engine } from "../../../lib/engine/load";
import { alive } from "../../../lib/engine/memory";
import { Cancelled } from "../../../lib/errors";
import { loadConditioning } from "../../../lib/experiments/molecules/conditioning";
import { fit } from "../../../lib/experiments/molecules/fit";
import { sectionsOf } from "../../../lib/loop/sections";
import { FIT_SECTIONS } from "../../../lib/loop/stages";
import { standaloneContext } from "../../../lib/loop/standaloneContext";
import type { FitContext } from "../../../lib/loop/task";
import { geoDiff } from "../../../lib/models/geodiff/index";
import { Streams } from "../../../lib/random/streams";
import type { Checkpoint } from "../../../lib/training/context";
import { config, ITEMS, viewOfItems } from "./support";

engine({ threads: 1 });

type Values = Readonly<Record<string, number>>;
const STEPS = 80;
const training = (changes: object = {}) => ({
  training: { steps: STEPS, batchSize: 4, learningRate: 5e-3, ...changes },
});

async function run(changes: object = {}, context: Partial<FitContext> = {}, seed = 0) {
  const records: Values[] = [];
  const weights = await fit(
    config(training(changes)),
    viewOfItems(ITEMS),
    standaloneContext(Streams.ofSeed(seed).generation(1), {
      record: (values) => {
        records.push(values);
      },
      ...context,
    }),
  );
  return { weights, records };
}

test("A fit takes as many steps as it is told, lowers the loss, and keeps its molecules", async () => {
  const progress: [number, number][] = [];
  const { weights, records } = await run(
    {},
    { progress: async (done, all) => void progress.push([done, all]) },
  );
  assert.equal(progress.length, STEPS);
  assert.deepEqual(progress.at(-1), [STEPS, STEPS]);
  assert.deepEqual(
    records.map(({ step }) => step),
    [20, 40, 60, 80],
  );
  for (const record of records) {
    assert.ok(Math.abs(record.loss - record.global - record.local) < 1e-9 * record.loss);
    for (const value of Object.values(record)) assert.ok(Number.isFinite(value));
  }
  assert.ok(records[3].loss < records[0].loss, records.map(({ loss }) => loss).join(" "));
  assert.ok(Math.abs(records[0].learningRate - 5e-3 * (1 - 19 / STEPS)) < 1e-12);
  assert.deepEqual(
    loadConditioning(weights).molecules.map(({ number, conformers }) => [number, conformers]),
    [
      [0, 2],
      [4, 3],
      [9, 1],
    ],
  );
  const { shapes } = geoDiff(config().model);
  for (const [name, shape] of Object.entries(shapes))
    assert.deepEqual(weights[name].shape, shape, name);
});

test("A fit of so many passes is as long as its pool asks for, and its rate falls to 0 over that time", async () => {
  const { records } = await run({ epochs: 30 });
  const steps = 30 * Math.floor(ITEMS.length / 4);
  assert.deepEqual(
    records.map(({ step }) => step),
    Array.from({ length: Math.floor(steps / 20) }, (_, k) => 20 * (k + 1)),
  );
  assert.ok(Math.abs(records[0].learningRate - 5e-3 * (1 - 19 / steps)) < 1e-12);
});

test("The same seed gives the same bits, another seed other weights; samplers share a fit", async () => {
  const { weights } = await run({ steps: 20 });
  assert.deepEqual((await run({ steps: 20 })).weights, weights);
  assert.notDeepEqual((await run({ steps: 20 }, {}, 1)).weights, weights);
  const key = (changes: object) => sectionsOf(config(changes), FIT_SECTIONS);
  assert.deepEqual(key({ sampling: { steps: 7, method: "ddpm", pick: "even" } }), key({}));
  assert.notDeepEqual(key(training({ steps: 7 })), key({}));
});

test("A fit that is resumed from any checkpoint ends with the same bits and records", async () => {
  for (const schedule of [{ kind: "linear" }, { kind: "plateau", every: 20, patience: 0 }]) {
    const saved: Checkpoint[] = [];
    const whole = await run(
      { schedule, steps: 60 },
      {
        checkpointDue: () => true,
        checkpoint: async (state) => void saved.push(structuredClone(state)),
      },
    );
    assert.deepEqual(
      saved.map(({ step }) => step),
      [20, 40, 60],
    );
    for (const [i, resume] of saved.slice(0, 2).entries()) {
      const rest = await run({ schedule, steps: 60 }, { resume });
      assert.deepEqual(rest.weights, whole.weights);
      assert.deepEqual(rest.records, whole.records.slice(i + 1));
    }
  }
});

test("A fit with fewer conformers than a batch takes all of them at every step", async () => {
  const { records } = await run({ batchSize: 100, steps: 20 });
  assert.equal(records.length, 1);
  assert.ok(Number.isFinite(records[0].loss));
});

test("A diverging fit stops with the step and what to try, a cancelled one at once; both leak nothing", async () => {
  await run({ steps: 1 });
  const before = alive();
  await assert.rejects(run({ learningRate: 1e30 }), {
    name: "UserError",
    message: /^Training diverged at step \d+: .*Try a learningRate below 1e\+30, a clipNorm below/,
  });
  let last = 0;
  const progress = async (done: number) => {
    last = done;
    if (done === 7) throw new Cancelled();
  };
  await assert.rejects(run({}, { progress }), Cancelled);
  assert.equal(last, 7);
  assert.deepEqual(alive(), before);
});
