import assert from "node:assert/strict";
import { test } from "node:test";
import { Adam } from "../../lib/engine/adam";
import { engine } from "../../lib/engine/load";
import { alive } from "../../lib/engine/memory";
import { Cancelled } from "../../lib/errors";
import { standaloneContext } from "../../lib/loop/standaloneContext";
import { Streams } from "../../lib/random/streams";
import type { Checkpoint, TrainingContext } from "../../lib/training/context";
import type { TrainingOptions, TrainingSpec } from "../../lib/training/spec";
import { train } from "../../lib/training/train";
import { type Rows, squaresGradients } from "../support/squaresGradients";

engine({ threads: 1 });

type Values = Readonly<Record<string, number>>;

/** y = 3x − 1 at 10 points. */
const X = Float32Array.from({ length: 10 }, (_, i) => (i - 4.5) / 3);
const rows = (items: Uint32Array): Rows => {
  const x = Float32Array.from(items, (i) => X[i]);
  return { x, y: x.map((value) => 3 * value - 1) };
};

const START = {
  slope: { shape: [1], data: Float32Array.of(0) },
  offset: { shape: [1], data: Float32Array.of(0) },
};

interface Given {
  readonly training?: Partial<TrainingOptions>;
  readonly spec?: Partial<TrainingSpec<{ readonly largest: number }, Rows>>;
  readonly context?: Partial<TrainingContext>;
}

async function run({ training, spec, context }: Given = {}) {
  const records: Values[] = [];
  const weights = await train(
    {
      training: {
        ...{ epochs: 8, batchSize: 3, learningRate: 0.1, schedule: { kind: "constant" } },
        ...training,
      },
      items: X.length,
      model: { largest: 100 },
      initial: () => START,
      optimiser: (parameters, resume) => new Adam(parameters, {}, resume),
      gradients: squaresGradients,
      batch: (items) => [rows(items)],
      terms: ["squares", "rows"],
      unit: "rows",
      count: ([{ x }]) => x.length,
      recordEvery: 4,
      ...spec,
    },
    standaloneContext(Streams.ofSeed(0), {
      record: (values) => void records.push(values),
      ...context,
    }),
  );
  return { weights, records, line: [weights.slope.data[0], weights.offset.data[0]] };
}

test("Training lowers the loss; records are means over their steps, without anything that time decides", async () => {
  const losses: number[] = [];
  const progress: TrainingContext["progress"] = async (done, total, values) => {
    assert.equal(total, 24);
    assert.equal(done, losses.push(values!.loss));
  };
  const { records } = await run({ context: { progress } });
  assert.equal(losses.length, 24);
  assert.deepEqual(Object.keys(records[0]), [
    ...["step", "epoch", "loss", "squares", "rows", "gradientNorm", "learningRate"],
  ]);
  records.forEach(({ step, epoch, loss, squares, rows, learningRate }, k) => {
    assert.deepEqual([step, epoch], [4 * (k + 1), (4 * (k + 1)) / 3]);
    assert.equal(loss, squares + rows);
    assert.deepEqual([rows, learningRate], [3, 0.1]);
    const mean = losses.slice(4 * k, 4 * k + 4).reduce((a, b) => a + b) / 4;
    assert.ok(Math.abs(loss - mean) < 1e-12 * mean, `${loss}, mean ${mean}`);
  });
  assert.equal(records.length, 6);
  assert.ok(records[5].squares < records[0].squares / 4);
  assert.deepEqual((await run()).records, records);
});

test("The mean of a record weighs each step by what it counts", async () => {
  const steps: { loss: number; count: number }[] = [];
  let count = 0;
  const { records } = await run({
    spec: { count: () => ++count },
    context: { progress: async (_, __, values) => void steps.push({ loss: values!.loss, count }) },
  });
  const first = steps.slice(0, 4);
  const expected = first.reduce((sum, { loss, count }) => sum + loss * count, 0) / (1 + 2 + 3 + 4);
  assert.ok(Math.abs(records[0].loss - expected) < 1e-12 * expected);
});

test("Micro-batches: the same line as from whole batches, and the same bits on one thread and two", async () => {
  const halves = {
    training: { microBatches: 2 },
    spec: { batch: (items: Uint32Array) => [rows(items.slice(0, 1)), rows(items.slice(1))] },
  };
  const { line } = await run();
  const one = await run({ ...halves, context: { threads: 1 } });
  const two = await run({ ...halves, context: { threads: 2 } });
  assert.deepEqual(two.line, one.line);
  one.line.forEach((value, i) => {
    assert.ok(Math.abs(value - line[i]) < 1e-5, `${value}, ${line[i]}`);
  });
});

test("A fit that is resumed from any checkpoint ends with the same bits and records", async () => {
  for (const schedule of [
    { kind: "linear" },
    { kind: "plateau", every: 6, factor: 0.5, patience: 0 },
  ] as const) {
    const saved: Checkpoint[] = [];
    const whole = await run({
      training: { schedule },
      context: {
        checkpointDue: () => true,
        checkpoint: async (state) => void saved.push(structuredClone(state)),
      },
    });
    assert.deepEqual(
      saved.map(({ step }) => step),
      [4, 8, 12, 16, 20, 24],
    );
    for (const [i, resume] of saved.entries()) {
      const rest = await run({ training: { schedule }, context: { resume } });
      assert.deepEqual(rest.weights, whole.weights);
      assert.deepEqual(rest.records, whole.records.slice(i + 1));
    }
  }
});

test("Clipping: the first step's gradient has the length of clipNorm where it was longer, else its own", async () => {
  // With β₁ = 0 the first moment is the gradient that Adam saw.
  const moment = async (clipNorm: number | undefined) => {
    let state: Values = {};
    const { records } = await run({
      training: { steps: 1, epochs: undefined, clipNorm },
      spec: {
        recordEvery: 1,
        optimiser: (parameters, resume) => new Adam(parameters, { beta1: 0 }, resume),
      },
      context: {
        checkpointDue: () => true,
        checkpoint: async (checkpoint) => {
          state = Object.fromEntries(
            ["slope", "offset"].map((name) => [
              name,
              Number(checkpoint.state[`first/${name}`].data[0]),
            ]),
          );
        },
      },
    });
    return { norm: records[0].gradientNorm, seen: Math.hypot(state.slope, state.offset) };
  };
  const free = await moment(undefined);
  assert.ok(Math.abs(free.seen - free.norm) < 1e-5 * free.norm);
  const clipped = await moment(0.5 * free.norm);
  assert.equal(clipped.norm, free.norm);
  assert.ok(Math.abs(clipped.seen - 0.5 * free.norm) < 1e-5 * free.norm);
  assert.equal((await moment(2 * free.norm)).seen, free.seen);
});

test("A learning curve has its points evenly in each epoch and one at the end, and changes nothing", async () => {
  const { weights, records } = await run({
    training: { epochs: 2.7 },
    spec: {
      learningCurve: {
        perEpoch: 1,
        measure: async ({ slope }) => ({ slope: slope.dataSync()[0] }),
      },
    },
  });
  const points = records.filter(({ slope }) => slope !== undefined);
  assert.deepEqual(
    points.map(({ step }) => step),
    [3, 6, 8],
  );
  assert.equal(points[2].slope, weights.slope.data[0]);
  assert.deepEqual((await run({ training: { epochs: 2.7 } })).weights, weights);
});

test("Divergence is told in one sentence with the step, the loss and what to try; nothing leaks", async () => {
  await run();
  const before = alive();
  await assert.rejects(run({ training: { learningRate: 1e30, clipNorm: 7 } }), {
    name: "UserError",
    message:
      /^Training diverged at step [2-9]: the loss is \S+ \(squares \S+, rows 3\) and the norm of the gradient \S+\. Try a learningRate below 1e\+30, a clipNorm below 7, or a larger batchSize\.$/,
  });
  assert.deepEqual(alive(), before);
});

test("Cancelling stops after the step and releases everything", async () => {
  const before = alive();
  let last = 0;
  const progress = async (done: number) => {
    last = done;
    if (done === 7) throw new Cancelled();
  };
  await assert.rejects(run({ context: { progress } }), Cancelled);
  assert.equal(last, 7);
  assert.deepEqual(alive(), before);
});

test("An empty training set is refused", async () => {
  await assert.rejects(run({ spec: { items: 0 } }), /^UserError: .*the training set is empty/);
});
