import assert from "node:assert/strict";
import { test } from "node:test";
import { valuesOf } from "../../lib/data/images/load";
import { engine, type Tensor } from "../../lib/engine/load";
import type { GradientFunction } from "../../lib/engine/parallel/gradientFunction";
import { tidy } from "../../lib/engine/tidy";
import { imagesConfig, shapeOf } from "../../lib/experiments/images/config";
import { fit as fitImages } from "../../lib/experiments/images/fit";
import {
  microBatches as imageBatches,
  imageGradients,
} from "../../lib/experiments/images/gradients";
import { imageModel } from "../../lib/experiments/images/model";
import { imagesTask } from "../../lib/experiments/images/task";
import { languageConfig } from "../../lib/experiments/language/config";
import { fit as fitLanguage } from "../../lib/experiments/language/fit";
import {
  languageGradients,
  microBatches as storyBatches,
} from "../../lib/experiments/language/gradients";
import { STORY_SCHEMA, storyBatch } from "../../lib/experiments/language/stories";
import { fit as fitMolecules } from "../../lib/experiments/molecules/fit";
import {
  microBatches as moleculeBatches,
  moleculeGradients,
} from "../../lib/experiments/molecules/gradients";
import { standaloneContext } from "../../lib/loop/standaloneContext";
import { molecularGraph } from "../../lib/models/geodiff/graph";
import { geoDiff } from "../../lib/models/geodiff/index";
import { languageModel } from "../../lib/models/language/index";
import { MemoryBlock } from "../../lib/pool/memoryBlock";
import { poolOf } from "../../lib/pool/pool";
import type { Batch, Schema } from "../../lib/pool/schema";
import type { View } from "../../lib/pool/view";
import { viewOf } from "../../lib/pool/viewOf";
import { Stream } from "../../lib/random/stream";
import { Streams } from "../../lib/random/streams";
import type { Weights } from "../../lib/store/weights";

import { ITEMS, config as moleculesTestConfig, viewOfItems } from "./molecules/support";

const { tf } = engine({ threads: 1 });

const IMAGES = imagesConfig.parse({
  data: { dataset: "strokes", trainItems: 10, testItems: 2 },
  model: { family: "vae", channels: [2], latent: 2 },
  training: { epochs: 3, batchSize: 5, microBatches: 2 },
});
const LANGUAGE = languageConfig.parse({
  data: { dataset: "grammar", trainItems: 10, testItems: 2, vocabulary: 300 },
  model: { family: "gpt2", width: 8, layers: 1, heads: 2, hidden: 16, context: 32 },
  training: {
    ...{ epochs: 3, batchSize: 5, microBatches: 2, learningRate: 1e-2 },
    curve: { evaluations: 0 },
  },
});

const MOLECULES = moleculesTestConfig({ training: { steps: 3, batchSize: 5, microBatches: 2 } });

const pixels = (images: number): Uint8Array =>
  Uint8Array.from({ length: images * valuesOf(shapeOf(IMAGES)) }, (_, i) => (i * 37) % 256);
const STORIES = Array.from({ length: 10 }, (_, s) =>
  Uint16Array.from({ length: 3 + ((s * 7) % 11) }, (_, i) => 1 + ((s * 31 + i * 17) % 299)),
);

const tensors = (weights: Weights): Record<string, Tensor> =>
  Object.fromEntries(
    Object.entries(weights).map(([name, { shape, data }]) => [
      name,
      tf.tensor(data as Float32Array, [...shape]),
    ]),
  );

/** Sums of the losses and of the gradients of all micro-batches. */
function added<C, B>(
  { prepare }: GradientFunction<C, B>,
  config: C,
  weights: Weights,
  batches: readonly B[],
) {
  const gradientsOf = prepare(config);
  return tidy(() => {
    const values = tensors(weights);
    const found = batches.map((batch) => gradientsOf(values, batch));
    return {
      losses: found[0].losses.map((_, i) => found.reduce((sum, { losses }) => sum + losses[i], 0)),
      gradients: Object.keys(weights).map((name) => {
        const each = found.map(({ gradients }) => gradients[name].dataSync());
        return [...each[0]].map((_, i) => each.reduce((sum, values) => sum + values[i], 0));
      }),
    };
  });
}

function near(actual: readonly number[], expected: readonly number[]): void {
  const size = Math.max(...expected.map(Math.abs), 1e-3);
  assert.equal(actual.length, expected.length);
  for (const [i, value] of actual.entries())
    assert.ok(Math.abs(value - expected[i]) <= 1e-5 * size, `${value}, expected ${expected[i]}`);
}

test("Losses and gradients of the micro-batches of a batch of stories add up to those of the batch", () => {
  const shape = { ...LANGUAGE.model, vocabulary: LANGUAGE.data.vocabulary };
  const weights = languageModel(shape).initial(new Stream(["init"]));
  const [one, three] = [1, 3].map((shares) => storyBatches(STORIES, shares, shape));
  const config = { shape, precision: LANGUAGE.model.precision };
  assert.equal(three.length, 3);
  const tokens = three.map(({ targets }) => targets.length);
  assert.ok(Math.max(...tokens) - Math.min(...tokens) <= 3, `${tokens}`);
  const whole = added(languageGradients, config, weights, one);
  const divided = added(languageGradients, config, weights, three);
  near(divided.losses, whole.losses);
  for (const [i, gradient] of divided.gradients.entries()) near(gradient, whole.gradients[i]);
});

test("Losses and gradients of the micro-batches of a batch of images add up to those of the batch", () => {
  // Without noise of its own a micro-batch is the same function of its images as the batch.
  const weights = imageModel(IMAGES).vae.initial(new Stream(["init"]));
  const noise = new Stream(["noise"]);
  const parts = imageBatches(pixels(5), 5, 2, noise);
  assert.deepEqual(
    parts.map(({ images }) => images),
    [2, 3],
  );
  const divided = added(imageGradients, IMAGES, weights, parts);
  const alone = parts.map((part) =>
    added(imageGradients, IMAGES, weights, [{ ...part, imagesInBatch: part.images }]),
  );
  const mean = (pick: (found: (typeof alone)[0]) => readonly number[]) =>
    pick(alone[0]).map((value, i) => (2 * value + 3 * pick(alone[1])[i]) / 5);
  near(
    divided.losses,
    mean(({ losses }) => losses),
  );
  for (const [i, gradient] of divided.gradients.entries())
    near(
      gradient,
      mean(({ gradients }) => gradients[i]),
    );
});

test("Losses and gradients of the micro-batches of a batch of molecules add up to those of the batch", () => {
  const weights = geoDiff(MOLECULES.model).initial(new Stream(["init"]));
  const graphs = ITEMS.map(({ molecule }) => molecularGraph(molecule));
  const positions = Float32Array.from(ITEMS.flatMap((item) => [...item.positions]));
  const noise = new Stream(["noise"]).normals(new Float32Array(positions.length));
  const sigma = Float64Array.from(graphs, (_, m) => 0.1 + 0.2 * m);
  const [one, three, more] = [1, 3, 99].map((shares) =>
    moleculeBatches(graphs, { positions, noise, sigma }, shares),
  );
  assert.deepEqual([one.length, three.length], [1, 3]);
  assert.ok(more.length <= graphs.length);
  const ions = graphs.map(() => ({ ...graphs[0], atomicNumbers: Uint8Array.of(11) }));
  const points = { positions, noise, sigma };
  assert.ok(moleculeBatches(ions, points, 2).length <= 2, "no pairs to divide by");
  for (const parts of [three, more])
    assert.deepEqual(
      parts.flatMap((part) => Array.from(part.positions)),
      [...positions],
    );
  const whole = added(moleculeGradients, MOLECULES.model, weights, one);
  const divided = added(moleculeGradients, MOLECULES.model, weights, three);
  near(divided.losses, whole.losses);
  for (const [i, gradient] of divided.gradients.entries()) near(gradient, whole.gradients[i]);
});

const viewed = (schema: Schema, batch: Batch): View =>
  viewOf(
    { parts: [{ block: 1 }], produce: 0 },
    poolOf(new Map([[1, MemoryBlock.of(schema, [batch])]])),
    new Stream(["view"]),
  );

const context = (threads: number) => standaloneContext(Streams.ofSeed(0), { threads });

for (const { name, fit } of [
  {
    name: "images",
    fit: (threads: number) => {
      const batch = { length: 10, columns: { pixels: { data: pixels(10) } } };
      return fitImages(IMAGES, viewed(imagesTask.schema(IMAGES), batch), context(threads));
    },
  },
  {
    name: "molecules",
    fit: (threads: number) => fitMolecules(MOLECULES, viewOfItems(ITEMS), context(threads)),
  },
  {
    name: "language",
    fit: (threads: number) =>
      fitLanguage(LANGUAGE, viewed(STORY_SCHEMA, storyBatch(STORIES)), context(threads)),
  },
  {
    name: "language in bfloat16",
    fit: (threads: number) => {
      const config = { ...LANGUAGE, model: { ...LANGUAGE.model, precision: "bfloat16" } } as const;
      return fitLanguage(config, viewed(STORY_SCHEMA, storyBatch(STORIES)), context(threads));
    },
  },
])
  test(`A fit of ${name} in two micro-batches has the same bits on one thread and on two`, async () => {
    const [one, two] = [await fit(1), await fit(2)];
    for (const [key, { data }] of Object.entries(one))
      assert.deepEqual(Buffer.from(two[key].data.buffer), Buffer.from(data.buffer), key);
  });
