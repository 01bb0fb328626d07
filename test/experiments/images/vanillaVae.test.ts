import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { test } from "node:test";
import { IMAGE_SET } from "../../../lib/data/images/load";
import { findSource } from "../../../lib/data/source";
import { engine } from "../../../lib/engine/load";
import { imagesTask } from "../../../lib/experiments/images";
import type { ImagesConfig } from "../../../lib/experiments/images/config";
import { figure6, lossFigure } from "../../../lib/experiments/images/figures/index";
import { flipSome } from "../../../lib/experiments/images/flip";
import { validate } from "../../../lib/export/validate";
import { chain } from "../../../lib/loop/chain";
import { inProcess } from "../../../lib/loop/inProcess";
import { runChains } from "../../../lib/loop/runChains";
import { standaloneContext, standaloneInput } from "../../../lib/loop/standaloneContext";
import type { FitContext } from "../../../lib/loop/task";
import { MemoryBlock } from "../../../lib/pool/memoryBlock";
import { poolOf } from "../../../lib/pool/pool";
import { replace } from "../../../lib/pool/regimes";
import type { Batch } from "../../../lib/pool/schema";
import { viewOf } from "../../../lib/pool/viewOf";
import { Stream } from "../../../lib/random/stream";
import { Streams } from "../../../lib/random/streams";
import { RunStore } from "../../../lib/store/runStore";
import type { Weights } from "../../../lib/store/weights";
import type { Checkpoint } from "../../../lib/training/context";
import { memoryFolder } from "../../support/temporary";

engine({ threads: 1 });

/** Of 28 × 28 pixels, which can be halved twice. */
const CONFIG: ImagesConfig = imagesTask.config.parse({
  data: { dataset: "strokes", trainItems: 60, testItems: 20 },
  model: { family: "vanilla-vae", latent: 3, channels: [4, 6] },
  training: { epochs: 10, batchSize: 6, learningRate: 5e-3, horizontalFlips: true },
});
const signal = new AbortController().signal;

const data = (async () => {
  const real = await imagesTask.loadReal(CONFIG, { streams: Streams.ofSeed(0), signal });
  const block = async (batches: AsyncIterable<Batch> | Iterable<Batch>) => {
    const all: Batch[] = [];
    for await (const batch of batches) all.push(batch);
    return MemoryBlock.of(imagesTask.schema(CONFIG), all);
  };
  return { train: await block(real.train), test: await block(real.test) };
})();

async function fit(context: Partial<FitContext> = {}, config = CONFIG) {
  const { train } = await data;
  const pool = poolOf(new Map([[1, train]]));
  const view = viewOf({ parts: [{ block: 1 }], produce: 0 }, pool, new Stream(["view"]));
  const records: Readonly<Record<string, number>>[] = [];
  const whole = standaloneContext(Streams.ofSeed(0).generation(1), {
    record: (values) => void records.push(values),
    ...context,
  });
  return { weights: await imagesTask.fit(config, view, whole), records };
}

async function testLoss(weights: Weights) {
  const { test: held } = await data;
  const input = standaloneInput({ weights, test: held });
  const context = standaloneContext(Streams.ofSeed(0));
  return (await imagesTask.evaluations["test-loss"].run(CONFIG, input, context)).metrics;
}

test("a fit lowers the published loss; stored weights have PyTorch's names and running statistics", async () => {
  const { weights, records } = await fit();
  for (const { loss, reconstruction, kl } of records) assert.equal(loss, reconstruction + kl);
  const short = await fit({}, { ...CONFIG, training: { ...CONFIG.training, epochs: 1 } });
  const [before, after] = [await testLoss(short.weights), await testLoss(weights)];
  for (const { loss, reconstruction, kl } of [before, after])
    assert.equal(loss, reconstruction + 0.00025 * kl);
  assert.ok(after.loss < before.loss, `${before.loss}, then ${after.loss}`);
  const statistics = Object.keys(weights).filter((name) => /running/.test(name));
  assert.equal(statistics.length, 2 * 4);
  for (const name of statistics) {
    const initial = name.endsWith("mean") ? 0 : 1;
    assert.ok(
      weights[name].data.every((x) => x !== initial),
      name,
    );
  }
});

test("a fit that is resumed from its checkpoint ends with the same bits, statistics included", async () => {
  const saved: Checkpoint[] = [];
  const whole = await fit({
    checkpointDue: () => true,
    checkpoint: async (state) => void saved.push(state),
  });
  assert.deepEqual(
    saved.map(({ step }) => step),
    [50, 100],
  );
  for (const resume of saved) assert.deepEqual((await fit({ resume })).weights, whole.weights);
});

test("clipping and the recorded norm are of the gradient alone, not of the batches' statistics", async () => {
  const norms = async (training: object) =>
    (await fit({}, { ...CONFIG, training: { ...CONFIG.training, ...training } })).records.map(
      ({ gradientNorm }) => gradientNorm,
    );
  // Means and variances of 20 channels are of size 1: with them the norm would be well above.
  for (const norm of await norms({ epochs: 5 })) assert.ok(norm < 0.5, `${norm}`);
});

test("samples and reconstructions are bytes; a config of another size or for coins is refused", async () => {
  const { weights } = await fit({}, { ...CONFIG, training: { ...CONFIG.training, epochs: 1 } });
  const context = standaloneContext(Streams.ofSeed(0));
  let count = 0;
  for await (const { length, columns } of imagesTask.sample(CONFIG, weights, 7, context)) {
    count += length;
    assert.equal(columns.pixels.data.length, length * 784);
  }
  assert.equal(count, 7);
  for (const wrong of [
    { model: { family: "vanilla-vae" } },
    { model: { family: "vanilla-vae", channels: [4, 6, 8] } },
    { sampling: { pixels: "bernoulli" } },
  ])
    assert.equal(imagesTask.config.safeParse({ ...CONFIG, ...wrong }).success, false);
});

test("flips: about half of the images are mirrored, the others as they are, colours in their order", () => {
  const shape = { height: 2, width: 3, channels: 3 } as const;
  const size = 18;
  const pixels = Uint8Array.from({ length: 400 * size }, (_, i) => i % 251);
  const flipped = flipSome(pixels, shape, new Stream(["flips"]));
  assert.deepEqual(flipSome(pixels, shape, new Stream(["flips"])), flipped);
  let mirrored = 0;
  for (let i = 0; i < 400; i++) {
    const [before, after] = [pixels, flipped].map((all) => all.subarray(i * size, (i + 1) * size));
    if (Buffer.compare(before, after) === 0) continue;
    mirrored++;
    for (let y = 0; y < 2; y++)
      for (let x = 0; x < 3; x++)
        for (let c = 0; c < 3; c++)
          assert.equal(after[(y * 3 + x) * 3 + c], before[(y * 3 + 2 - x) * 3 + c]);
  }
  // Binomial with mean 200 and deviation 10.
  assert.ok(Math.abs(mirrored - 200) < 45, `${mirrored}`);
});

test("figures: grids in colour, the loss by its published name", async () => {
  const provenance = { preset: "test", dataset: "made up", seeds: [0], versions: {} } as never;
  const bytes = Buffer.from(Array.from({ length: 16 * 2 * 2 * 3 }, (_, i) => i % 256));
  const rows = [0, 1].map((iteration) => ({
    ...{ kind: "samples", variant: "main", regime: "replace", seed: 0, iteration },
    ...{ count: 16, height: 2, width: 2, channels: 3, pixels: bytes.toString("base64") },
  }));
  const grid = figure6(rows, provenance);
  validate(grid);
  const metrics = [0, 1].map((iteration) => ({
    ...{ kind: "metrics", variant: "main", regime: "replace", seed: 0, iteration },
    ...{ loss: 0.02, reconstruction: 0.019, kl: 4, mse: 0.018 },
  }));
  const figure = lossFigure(metrics, provenance, "vanilla-vae");
  validate(figure);
  assert.match(JSON.stringify(figure.layout), /Squared error \+ 0\.00025 KL/);
  assert.doesNotMatch(JSON.stringify(figure.layout), /ELBO/);
});

for (const dataset of ["strokes", "cifar-10"] as const)
  test(`a chain runs in the loop on ${dataset}`, {
    skip: IMAGE_SET[dataset].sources.every((source) => findSource(source) !== undefined)
      ? false
      : `${dataset} is neither in .cache/data nor in COLLAPSE_LAB_DATA`,
  }, async () => {
    const config = imagesTask.config.parse({
      ...CONFIG,
      data: { ...CONFIG.data, dataset },
      evaluation: { priorSamples: 4, gridImages: 4 },
      training: { ...CONFIG.training, epochs: 1 },
    });
    const [{ generations }] = await runChains(
      [chain({ task: imagesTask, config, regime: replace, seed: 0, iterations: 2 })],
      { store: RunStore.open(memoryFolder()), executor: inProcess() },
    );
    const { height, width, channels } = IMAGE_SET[dataset].shape;
    for (const { metrics, artefact } of generations) {
      assert.ok(Number.isFinite(metrics.loss) && Number.isFinite(metrics.sampleDiversity));
      const { size } = statSync(artefact("samples.npy"));
      const bytes = 4 * height * width * channels;
      assert.ok(size > bytes && size < bytes + 200, `${size} bytes`);
    }
  });
