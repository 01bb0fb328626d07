import assert from "node:assert/strict";
import { test } from "node:test";
import { engine } from "../../../lib/engine/load";
import { alive } from "../../../lib/engine/memory";
import { type LanguageConfig, languageConfig } from "../../../lib/experiments/language/config";
import { FIRST_TOKENS } from "../../../lib/experiments/language/firstTokens";
import { fit } from "../../../lib/experiments/language/fit";
import { STORY_SCHEMA, storyBatch } from "../../../lib/experiments/language/stories";
import { standaloneContext } from "../../../lib/loop/standaloneContext";
import type { FitContext } from "../../../lib/loop/task";
import { MemoryBlock } from "../../../lib/pool/memoryBlock";
import { poolOf } from "../../../lib/pool/pool";
import { viewOf } from "../../../lib/pool/viewOf";
import { Stream } from "../../../lib/random/stream";
import { Streams } from "../../../lib/random/streams";
import type { Checkpoint } from "../../../lib/training/context";

engine({ threads: 1 });

const STORIES = 80;
const BATCH = 2;
const STEPS = (STORIES / BATCH) * 2;
/** A learning rate that is 0 after the first step. */
const AFTER_ONE = { kind: "linear", decaySteps: 1 };

const config = (training: object = {}): LanguageConfig =>
  languageConfig.parse({
    data: { dataset: "grammar", trainItems: STORIES, testItems: 10, vocabulary: 257 },
    model: { family: "gpt2", width: 8, layers: 1, heads: 2, hidden: 16, context: 16 },
    training: {
      epochs: 2,
      batchSize: BATCH,
      learningRate: 1e-2,
      curve: { evaluations: 4, items: 5 },
      ...training,
    },
  });

/** Stories that count upwards from 10, 20 or 30: what follows is nearly certain. */
function block(count: number): MemoryBlock {
  const stream = new Stream(["stories"]);
  const stories = Array.from({ length: count }, () => {
    const first = 10 + 10 * Math.floor(3 * stream.uniform());
    const length = 3 + Math.floor(6 * stream.uniform());
    return [...Array.from({ length }, (_, i) => first + i), 0];
  });
  return new MemoryBlock(STORY_SCHEMA, storyBatch(stories));
}

type Values = Readonly<Record<string, number>>;

async function run(training: object = {}, context: Partial<FitContext> = {}) {
  const records: Values[] = [];
  const view = viewOf(
    { parts: [{ block: 1 }], produce: 0 },
    poolOf(new Map([[1, block(STORIES)]])),
    new Stream(["view"]),
  );
  const weights = await fit(
    config(training),
    view,
    standaloneContext(Streams.ofSeed(0).generation(1), {
      test: block(10),
      record: (values) => {
        records.push(values);
      },
      ...context,
    }),
  );
  return { weights, records };
}

/** A fit that most tests look at, made once, … */
let plain: ReturnType<typeof run> | undefined;
const plainRun = () => (plain ??= run());

/** … and the same one with its progress and its checkpoints. */
let watched: ReturnType<typeof watch> | undefined;
const watchedRun = () => (watched ??= watch());

async function watch() {
  const steps: [number, number][] = [];
  const checkpoints: Checkpoint[] = [];
  const { weights, records } = await run(
    {},
    {
      progress: async (done, all) => void steps.push([done, all]),
      checkpointDue: () => true,
      checkpoint: async (state) => void checkpoints.push(structuredClone(state)),
    },
  );
  return { weights, records, steps, checkpoints };
}

test("A fit takes epochs × stories / batch steps and lowers the cross-entropy", async () => {
  const { records, steps } = await watchedRun();
  assert.deepEqual(steps.at(-1), [STEPS, STEPS]);
  const losses = records.filter((r) => r.loss !== undefined).map((r) => r.loss);
  assert.equal(losses.length, STEPS / 20);
  assert.ok(losses[0] > 4 && losses.at(-1)! < losses[0] - 1, losses.join(" "));
});

test("The learning curve has the requested number of points per epoch, the last at the end", async () => {
  const { records } = await plainRun();
  const curve = records.filter((r) => r.testLoss !== undefined);
  assert.deepEqual(
    curve.map(({ epoch }) => epoch),
    [0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2],
  );
  assert.ok(curve.at(-1)!.testLoss < curve[0].testLoss);
});

test("A fit that is resumed from any checkpoint ends with the same bits and records", async () => {
  const { weights, records } = await plainRun();
  const { checkpoints, ...whole } = await watchedRun();
  assert.deepEqual([whole.weights, whole.records], [weights, records]);
  assert.deepEqual(
    checkpoints.map(({ step }) => step),
    [20, 40, 60, 80],
  );
  for (const resume of checkpoints.slice(0, 3)) {
    const rest = await run({}, { resume });
    assert.deepEqual(rest.weights, weights);
    assert.deepEqual(
      rest.records,
      records.filter(({ step }) => step > resume.step),
    );
  }
});

test("Clipping: the gradient that Adam sees is as long as the clip where it was longer, else as it was", async () => {
  const moment = async (clipNorm: number) => {
    let norm = 0;
    let first = 0;
    await run(
      // 20 steps, of which only the first changes the model.
      { clipNorm, epochs: 0.5, schedule: AFTER_ONE, beta1: 0, curve: { evaluations: 0 } },
      {
        record: (values) => {
          norm = values.gradientNorm;
        },
        checkpointDue: () => true,
        checkpoint: async ({ state }) => {
          let sum = 0;
          for (const [name, { data }] of Object.entries(state))
            if (name.startsWith("first/")) for (const x of data) sum += x * x;
          first = Math.sqrt(sum);
        },
      },
    );
    return { norm, first };
  };
  // With β₁ = 0 the moment is the last gradient that Adam saw.
  const { norm, first } = await moment(1e-3);
  assert.ok(norm > 1e-3, "the gradient is longer than the clip");
  assert.ok(Math.abs(first - 1e-3) < 1e-8, `${first}`);
  const free = await moment(1e9);
  assert.ok(free.first > 0.1 * free.norm && free.first < 10 * free.norm, `${free.first}`);
});

test("A quarter of an epoch stops after a quarter of the steps; the learning rate falls over decaySteps", async () => {
  let last: [number, number] | undefined;
  const progress = async (done: number, all: number) => {
    last = [done, all];
  };
  await run({ epochs: 0.25 }, { progress });
  assert.deepEqual(last, [STEPS / 8, STEPS / 8]);
  // A rate that has fallen to 0 after one step leaves the model as that step made it.
  const one = await run({ epochs: 1 / (STORIES / BATCH), schedule: AFTER_ONE });
  const many = await run({ epochs: 1, schedule: AFTER_ONE });
  assert.deepEqual(many.weights["transformer.wte.weight"], one.weights["transformer.wte.weight"]);
});

test("The weights count the first tokens of all stories seen", async () => {
  const { weights } = await plainRun();
  const counts = Float32Array.from(weights[FIRST_TOKENS].data);
  assert.equal(
    counts.reduce((a, b) => a + b, 0),
    2 * STORIES,
  );
  assert.deepEqual(
    [...counts.keys()].filter((token) => counts[token] > 0),
    [10, 20, 30],
  );
});

test("A diverging fit names the step and a remedy, and leaves no tensor behind", async () => {
  const before = alive();
  await assert.rejects(run({ learningRate: 1e30, clipNorm: 1e30 }), (error: Error) => {
    assert.match(
      error.message,
      /^Training diverged at step \d+: .*Try a learningRate below 1e\+30/,
    );
    return true;
  });
  assert.deepEqual(alive(), before);
});

test("A fit leaves no tensor behind", async () => {
  await run({ epochs: 0.1 });
  const before = alive();
  await run({ epochs: 0.1 });
  assert.deepEqual(alive(), before);
});
