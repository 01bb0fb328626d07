import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { test } from "node:test";
import { forecastText, sizeText } from "../../lib/cli/forecastText";
import { MNIST } from "../../lib/data/images/mnist";
import { MIRRORS } from "../../lib/data/source";
import { whereabouts } from "../../lib/data/whereabouts";
import { engine } from "../../lib/engine/load";
import { about } from "../../lib/experiments/forecast/forecastChains";
import { timeText } from "../../lib/experiments/forecast/timeText";
import { images } from "../../lib/experiments/images/index";
import type { ImagesPreset } from "../../lib/experiments/images/preset";
import { EXPERIMENTS, presetOf } from "../../lib/experiments/registry";
import { vaeOperations } from "../../lib/models/vae/operations";
import { vae } from "../../lib/models/vae/vae";
import { RunStore } from "../../lib/store/runStore";
import { temporaryFolder } from "../support/temporary";
import { runExperiment } from "./support";

engine({ threads: 1 });

const preset = (seeds: number): ImagesPreset =>
  images.schema.parse({
    task: {
      data: { dataset: "strokes", trainItems: 64, testItems: 32 },
      model: { family: "vae", latent: 2, channels: [4] },
      training: { epochs: 1, batchSize: 32 },
    },
    variants: [
      {
        ...{ name: "main", label: "VAE", role: "main", changes: {} },
        chains: [{ regimes: [{ kind: "replace" }, { kind: "accumulate" }], iterations: 2, seeds }],
      },
    ],
  });

test("a forecast counts models, steps, items and bytes; what chains share counts once", () => {
  const store = RunStore.open(temporaryFolder());
  const forecast = images.forecast(preset(1), store);
  // The model of real data is shared: 2 steps on 64 images. Then 2 under replace, 4 under accumulate.
  assert.deepEqual([forecast.generations, forecast.finished], [3, 0]);
  assert.deepEqual(forecast.work, ["8 optimiser steps on 256 images", "192 images sampled"]);
  const shape = { height: 28, width: 28, depth: 1, channels: [4], latent: 2 };
  assert.equal(forecast.bytes, (64 + 192) * 784 + 3 * 4 * vae(shape).parameterCount);
  assert.match(forecast.basis, /nothing like it is stored yet: bench\/README\.md/);
  assert.ok(forecast.hours > 0 && forecast.hours < 0.01);
  assert.deepEqual(store.list("real"), []);
});

test("what is finished is not forecast; the rest takes as long as the same work took before", async () => {
  const store = RunStore.open(temporaryFolder());
  await runExperiment(images, preset(1), { store });
  const done = images.forecast(preset(1), store);
  assert.deepEqual([done.generations, done.finished, done.hours, done.bytes], [3, 3, 0, 0]);
  assert.deepEqual(done.work, []);
  // A second seed is the same work on the same data.
  const more = images.forecast(preset(2), store);
  assert.deepEqual([more.generations, more.finished], [6, 3]);
  assert.match(more.basis, /measured on 3 stored fits$/);
  const seconds = (["fit", "block", "evaluation"] as const)
    .flatMap((kind) => store.list(kind).map((address) => store.read(kind, address)))
    .filter(({ identity }) => identity.what !== "evaluation" || "fit" in identity)
    .reduce((sum, { provenance }) => sum + Number(provenance.cpuSeconds), 0);
  const expected = seconds / 3600 / os.availableParallelism();
  assert.ok(Math.abs(more.hours / expected - 1) < 1e-9, `${more.hours} and ${expected}`);
});

test("a variant has its own data, and its own network's speed where that is not stored yet", () => {
  const store = RunStore.open(temporaryFolder());
  const { laptop } = images.presets;
  assert.ok(laptop);
  const [main, other] = laptop.variants;
  const [both, one, two] = [[main, other], [main], [{ ...main, changes: other.changes }]].map(
    (variants) => images.forecast({ ...laptop, variants }, store),
  );
  assert.deepEqual(
    both.data.map((text) => text.split(":")[0]),
    [
      ...["train-images-idx3-ubyte", "t10k-images-idx3-ubyte"],
      ...["train-5000.bin", "test-1000.bin"],
    ],
  );
  assert.equal(both.basis, `${one.basis}; ${two.basis.split(": ")[1]}`);
  assert.notEqual(one.basis, two.basis);
});

test("every preset of every family has a forecast, without data and without a word in the store", () => {
  const root = temporaryFolder();
  const store = RunStore.open(root);
  const before = fs.readdirSync(root);
  for (const family of EXPERIMENTS)
    for (const name of Object.keys(family.presets) as "quick"[]) {
      const forecast = family.forecast(presetOf(family, name), store);
      const { generations, finished, hours, bytes, work, data } = forecast;
      assert.ok(generations > 0 && finished === 0, `${family.name} ${name}`);
      assert.ok(hours > 0 && Number.isFinite(hours) && bytes > 0, `${family.name} ${name}`);
      assert.ok(work.length > 0 && data.length > 0, `${family.name} ${name}`);
      const text = forecastText("t", forecast).join("\n");
      assert.doesNotMatch(text, /NaN|undefined|Infinity/, `${family.name} ${name}`);
    }
  assert.deepEqual(fs.readdirSync(root), before);
});

test("operations of a VAE: two per weight and position, counted by hand", () => {
  // 4 × 4 images: a convolution to 2 × 2 × 2 (9 · 1 · 2 weights), 8 features, 2 · 3 codes, and back.
  const operations = vaeOperations({ height: 4, width: 4, depth: 1, channels: [2], latent: 3 });
  assert.deepEqual(operations, {
    encoder: 2 * (9 * 2 * 4 + 8 * 6),
    decoder: 2 * (3 * 8 + 9 * 2 * 4),
  });
  // Channels 2 and 5: 9 · 2 weights at 2 × 2 positions, 9 · 2 · 5 at one; 5 features.
  const deeper = vaeOperations({ height: 4, width: 4, depth: 1, channels: [2, 5], latent: 1 });
  assert.deepEqual(deeper, {
    encoder: 2 * (9 * 2 * 4 + 9 * 10 + 5 * 2),
    decoder: 2 * (5 + 9 * 10 + 9 * 2 * 4),
  });
});

test("data are here already, to be downloaded, or neither, in words", () => {
  const cache = temporaryFolder();
  const { images: source } = MNIST.test;
  const options = { cache, mirrors: [] };
  assert.equal(
    whereabouts(source, options),
    "t10k-images-idx3-ubyte: to be downloaded from ossci-datasets.s3.amazonaws.com",
  );
  const unknown = { set: "geom", file: "drugs_crude.msgpack", addresses: [] };
  assert.match(
    whereabouts(unknown, options),
    /^drugs_crude.msgpack: not here, and without an addr/,
  );
  const mirror = temporaryFolder();
  fs.writeFileSync(path.join(mirror, "t10k-images-idx3-ubyte.gz"), "");
  assert.equal(
    whereabouts(source, { cache, mirrors: [mirror] }),
    `t10k-images-idx3-ubyte: here already, in ${mirror}`,
  );
  assert.equal(MIRRORS, "COLLAPSE_LAB_DATA");
});

test("times, sizes and counts in two digits", () => {
  assert.deepEqual([0.001, 0.5, 3.24, 99, 1234].map(timeText), [
    ...["1 minute", "30 minutes", "3.2 hours", "99 hours", "1,200 hours (51 days)"],
  ]);
  assert.deepEqual([10, 1_240_000, 3.26e9, 5e12].map(sizeText), [
    "1 kB",
    "1.2 MB",
    "3.3 GB",
    "5 TB",
  ]);
  assert.deepEqual([812, 1_250_000, 6.1e10, 2e12].map(about), [
    ...["812", "1.3 million", "61 billion", "2 trillion"],
  ]);
});
