import assert from "node:assert/strict";
import { test } from "node:test";
import { engine } from "../../../lib/engine/load";
import { alive } from "../../../lib/engine/memory";
import { normal } from "../../../lib/engine/random";
import { Cancelled } from "../../../lib/errors";
import type { ImagesConfig } from "../../../lib/experiments/images/config";
import { randomFeatures } from "../../../lib/experiments/images/evaluations/randomFeatures";
import { imagesTask } from "../../../lib/experiments/images/task";
import { standaloneContext, standaloneInput } from "../../../lib/loop/standaloneContext";
import type { FitContext } from "../../../lib/loop/task";
import { MemoryBlock } from "../../../lib/pool/memoryBlock";
import { poolOf } from "../../../lib/pool/pool";
import type { Batch } from "../../../lib/pool/schema";
import { viewOf } from "../../../lib/pool/viewOf";
import { Stream } from "../../../lib/random/stream";
import { Streams } from "../../../lib/random/streams";
import type { Weights } from "../../../lib/store/weights";
import type { Checkpoint } from "../../../lib/training/context";

engine({ threads: 1 });

const CONFIG: ImagesConfig = imagesTask.config.parse({
  data: { dataset: "strokes", trainItems: 40, testItems: 30 },
  model: { family: "vae", latent: 2, channels: [2, 3] },
  training: { epochs: 13, batchSize: 4, learningRate: 3e-3 },
});
const withTraining = (training: object = {}): ImagesConfig =>
  imagesTask.config.parse({ ...CONFIG, training: { ...CONFIG.training, ...training } });
const STEPS = 130;

const signal = new AbortController().signal;
const streamsOf = (seed: number) => Streams.ofSeed(seed).generation(1);

const data = realData();

async function realData() {
  const real = await imagesTask.loadReal(CONFIG, { streams: streamsOf(0), signal });
  const collect = async (batches: AsyncIterable<Batch> | Iterable<Batch>) => {
    const all: Batch[] = [];
    for await (const batch of batches) all.push(batch);
    return MemoryBlock.of(imagesTask.schema(CONFIG), all);
  };
  return { train: await collect(real.train), test: await collect(real.test) };
}

type Values = Readonly<Record<string, number>>;

async function fit(
  options: { seed?: number; training?: object; context?: Partial<FitContext> } = {},
) {
  const records: Values[] = [];
  const { train } = await data;
  const view = viewOf(
    { parts: [{ block: 1 }], produce: 0 },
    poolOf(new Map([[1, train]])),
    new Stream(["view"]),
  );
  const context = standaloneContext(streamsOf(options.seed ?? 0), {
    record: (values) => {
      records.push(values);
    },
    ...options.context,
  });
  const weights = await imagesTask.fit(withTraining(options.training), view, context);
  return { weights, records };
}

/** The fit that most tests look at, made once. */
let shared: ReturnType<typeof fit> | undefined;
const plainFit = () => (shared ??= fit());

async function sampled(weights: Weights, count: number, config = CONFIG, seed = 0) {
  const context = standaloneContext(streamsOf(seed));
  const chunks: Uint8Array[] = [];
  for await (const batch of imagesTask.sample(config, weights, count, context)) {
    assert.equal(batch.columns.pixels.data.length, batch.length * 784);
    chunks.push(batch.columns.pixels.data as Uint8Array);
  }
  return Buffer.concat(chunks);
}

test("A fit takes epochs × items / batch steps and lowers the negative ELBO", async () => {
  const steps: [number, number][] = [];
  shared = fit({ context: { progress: async (done, total) => void steps.push([done, total]) } });
  const { records } = await plainFit();
  assert.deepEqual(steps.at(-1), [STEPS, STEPS]);
  assert.equal(steps.length, STEPS);
  assert.deepEqual(
    records.map(({ step, epoch }) => [step, epoch]),
    [
      [50, 5],
      [100, 10],
    ],
  );
  for (const { loss, reconstruction, kl } of records) assert.equal(loss, reconstruction + kl);
  // A network that has learnt nothing gives each pixel log 2 nats.
  const [first, second] = records.map(({ loss }) => loss / (784 * Math.LN2));
  assert.ok(Math.abs(first - 1) < 0.1 && second < 0.9, `${first}, then ${second}`);
});

test("The same seed gives the same bits, another seed other weights", async () => {
  const training = { epochs: 3 };
  const { weights } = await fit({ training });
  assert.deepEqual((await fit({ training })).weights, weights);
  assert.notDeepEqual((await fit({ training, seed: 1 })).weights, weights);
});

test("A fit resumed from any of its checkpoints ends with the same bits and records", async () => {
  const saved: Checkpoint[] = [];
  const training = { schedule: { kind: "linear" } };
  const whole = await fit({
    training,
    context: { checkpointDue: () => true, checkpoint: async (state) => void saved.push(state) },
  });
  assert.deepEqual(
    saved.map(({ step }) => step),
    [50, 100],
  );
  for (const [i, resume] of saved.entries()) {
    const rest = await fit({ training, context: { resume } });
    assert.deepEqual(rest.weights, whole.weights);
    assert.deepEqual(rest.records, whole.records.slice(i + 1));
  }
});

test("A diverging fit stops with the step and what to try, and leaks nothing", async () => {
  const before = alive();
  await assert.rejects(
    fit({ training: { learningRate: 1e30 } }),
    /^UserError: Training diverged at step \d+: .*learningRate below 1e\+30, or a larger batch/,
  );
  assert.deepEqual(alive(), before);
});

test("A cancelled fit stops at once and releases its tensors", async () => {
  const before = alive();
  let last = 0;
  const progress = async (done: number) => {
    last = done;
    if (done === 7) throw new Cancelled();
  };
  await assert.rejects(fit({ context: { progress } }), Cancelled);
  assert.equal(last, 7);
  assert.deepEqual(alive(), before);
});

test("Sampling gives exactly the wanted number, the same for a seed, grey or black and white", async () => {
  const { weights } = await fit({ training: { epochs: 2 } });
  const images = await sampled(weights, 503);
  assert.equal(images.length, 503 * 784);
  assert.deepEqual(await sampled(weights, 503), images);
  assert.deepEqual((await sampled(weights, 500)).compare(images.subarray(0, 500 * 784)), 0);
  assert.notDeepEqual(await sampled(weights, 503, CONFIG, 1), images);
  assert.ok(new Set(images).size > 20);

  const coins = await sampled(weights, 503, {
    ...CONFIG,
    sampling: { pixels: "bernoulli" },
  });
  assert.deepEqual([...new Set(coins)].sort(), [0, 255]);
  const mean = (bytes: Buffer) => bytes.reduce((a, b) => a + b, 0) / bytes.length;
  // The pixels of an image are independent coins: variance below ¼ of 255² each.
  const error = 255 / 2 / Math.sqrt(images.length);
  assert.ok(Math.abs(mean(coins) - mean(images)) < 4.5 * error + 0.5);
});

test("The test loss is its two parts' sum, the same on every call, lower after training", async () => {
  const { test: held } = await data;
  const context = standaloneContext(streamsOf(5));
  const evaluate = async (weights: Weights) => {
    const metrics: Record<string, number> = {};
    const artefacts: Record<string, Uint8Array> = {};
    for (const name of ["test-loss", "prior-samples", "reconstructions", "originals"]) {
      const input = standaloneInput({ weights, test: held });
      const result = await imagesTask.evaluations[name].run(CONFIG, input, context);
      Object.assign(metrics, result.metrics);
      Object.assign(artefacts, result.artefacts);
    }
    return { metrics, artefacts };
  };
  const short = await evaluate((await fit({ training: { epochs: 1 } })).weights);
  const { weights } = await plainFit();
  const long = await evaluate(weights);
  assert.equal(long.metrics.loss, long.metrics.reconstruction + long.metrics.kl);
  assert.ok(long.metrics.kl > 0 && long.metrics.loss < short.metrics.loss);
  assert.deepEqual(await evaluate(weights), long);

  const { artefacts = {} } = long;
  assert.deepEqual(Object.keys(artefacts), ["samples.npy", "reconstructions.npy", "originals.npy"]);
  const pixels = (name: string) => artefacts[name].subarray(-30 * 784);
  assert.deepEqual([...pixels("originals.npy")], [...held.range(0, 30).columns.pixels.data]);
  let squares = 0;
  for (let i = 0; i < 30 * 784; i++)
    squares += ((pixels("originals.npy")[i] - pixels("reconstructions.npy")[i]) / 255) ** 2;
  assert.ok(Math.abs(squares / 30 / 784 - long.metrics.mse) < 1e-4);
});

test("Prior samples are farther from the test set than training images; the posterior's gap is at most the KL", async () => {
  const { train, test: held } = await data;
  const { weights } = await plainFit();
  const real = { address: "", train, artefact: () => new Uint8Array() };
  const run = (name: string, artefact = (): Uint8Array => new Uint8Array()) =>
    imagesTask.evaluations[name].run(
      CONFIG,
      standaloneInput({ weights, test: held, real, artefact }),
      standaloneContext(streamsOf(5)),
    );
  const { metrics: truth, artefacts } = await run("real-images");
  const moments = artefacts!["feature-moments.json"];
  const distribution = await run("sample-distribution", () => moments);
  const { sampleFrechet, sampleEffectiveRank } = distribution.metrics;
  assert.ok(truth.realFrechet > 0 && sampleFrechet > 2 * truth.realFrechet);
  assert.ok(sampleEffectiveRank >= 1 && sampleEffectiveRank < truth.realEffectiveRank);
  assert.deepEqual(await run("sample-distribution", () => moments), distribution);

  // A normal with the moments of the aggregated posterior is nearer to the prior than that itself, and
  // that nearer than the posteriors on average.
  const { kl, reconstruction } = (await run("test-loss")).metrics;
  const { priorGap } = (await run("aggregated-posterior")).metrics;
  assert.ok(priorGap > 0 && priorGap < kl * (1 + 2 / held.length));
  assert.ok(truth.pixelEntropy < reconstruction);
});

test("Random features: 64 of each image, the same whatever is beside it, grey or in colour", () => {
  const { tf } = engine();
  for (const channels of [1, 3]) {
    const images = normal([3, 16, 12, channels], new Stream(["images", channels]));
    const features = randomFeatures(images);
    assert.deepEqual(features.shape, [3, 64]);
    const last = randomFeatures(images.slice([2], [1]));
    const difference = tf.max(tf.abs(features.slice([2], [1]).sub(last))).dataSync()[0];
    assert.ok(difference < 1e-6);
  }
});

test("A config with an unknown key, no channels, half an image or another network is refused", () => {
  for (const wrong of [
    { modell: {} },
    { model: { family: "vae", chanels: [3] } },
    { model: { family: "vae", channels: [] } },
    { model: { family: "gan" } },
    { training: { epochs: 1, batchSize: 1.5 } },
    { training: { epochs: 1, schedule: { kind: "cosine" } } },
    { sampling: { pixels: "grey" } },
  ])
    assert.equal(imagesTask.config.safeParse({ ...CONFIG, ...wrong }).success, false);
});
