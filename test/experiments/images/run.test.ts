import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { engine } from "../../../lib/engine/load";
import { images } from "../../../lib/experiments/images";
import type { ImagesPreset } from "../../../lib/experiments/images/preset";
import { validate } from "../../../lib/export/validate";
import { withCaption } from "../../../lib/figures/caption";
import type { Row } from "../../../lib/metrics/row";
import { RunStore } from "../../../lib/store/runStore";
import { temporaryFolder } from "../../support/temporary";
import { runExperiment } from "../support";

engine({ threads: 1 });

const REGIMES = ["replace", "accumulate", "accumulate-subsample"];

const SMALL: ImagesPreset = images.schema.parse({
  task: {
    data: { dataset: "strokes", trainItems: 64, testItems: 32 },
    model: { family: "vae", latent: 2, channels: [4, 8] },
    training: { epochs: 1, batchSize: 32 },
  },
  variants: [
    {
      ...{ name: "main", label: "VAE", role: "main", changes: {} },
      chains: [
        {
          regimes: REGIMES.map((kind) => ({ kind })),
          iterations: 2,
          seeds: 2,
        },
      ],
    },
  ],
});

const run = (preset: ImagesPreset, store: RunStore) => runExperiment(images, preset, { store });

describe("images on a tiny preset", () => {
  let rows: Row[] = [];
  const store = RunStore.open(temporaryFolder());
  const of = (kind: string) => rows.filter((row) => row.kind === kind);
  before(async () => {
    ({ rows } = await run(SMALL, store));
  });

  test("one row of metrics per regime, seed and iteration, counted from 0, every field a finite number", () => {
    const metrics = of("metrics");
    assert.deepEqual(
      metrics.map(({ regime, seed, iteration }) => [regime, seed, iteration]),
      REGIMES.flatMap((regime) =>
        [0, 1].flatMap((seed) => [0, 1].map((iteration) => [regime, seed, iteration])),
      ),
    );
    for (const row of metrics) {
      assert.deepEqual(Object.keys(row), [
        ...["kind", "variant", "regime", "seed", "iteration", "trainingItems", "realShare"],
        ...["loss", "reconstruction", "kl", "mse", "activeUnits"],
        ...["sampleDiversity", "sampleSharpness", "sampleInk"],
        ...["realFrechet", "realDiversity", "realSharpness", "realEffectiveRank", "pixelEntropy"],
        ...["sampleFrechet", "sampleEffectiveRank", "priorGap", "run"],
      ]);
      assert.equal(row.loss, Number(row.reconstruction) + Number(row.kl));
      for (const value of Object.values(row))
        assert.ok(typeof value === "string" || Number.isFinite(value));
      assert.equal(store.has("fit", String(row.run)), true);
    }
  });

  test("replace trains on 64 synthetic images, accumulate on 128, half of them real, subsample on 64 of those", () => {
    const second = of("metrics").filter((row) => row.iteration === 1 && row.seed === 0);
    const [replaced, accumulated, subsampled] = second;
    assert.deepEqual([replaced.trainingItems, replaced.realShare], [64, 0]);
    assert.deepEqual([accumulated.trainingItems, accumulated.realShare], [128, 0.5]);
    assert.equal(subsampled.trainingItems, 64);
    assert.ok(Number(subsampled.realShare) > 0.2 && Number(subsampled.realShare) < 0.8);
  });

  test("at iteration 0 all regimes of a seed have trained on the same images, with the same result", () => {
    const first = of("metrics").filter((row) => row.iteration === 0);
    assert.equal(new Set(first.map((row) => row.loss)).size, 2);
    for (const row of first) {
      assert.equal(row.realShare, 1);
      const same = first.find((other) => other.seed === row.seed);
      assert.deepEqual({ ...row, regime: "", run: "" }, { ...same, regime: "", run: "" });
    }
  });

  test("of seed 0 the records keep pictures as bytes: whole grids where a chain ends, 16 elsewhere", () => {
    const kept = (kind: string) =>
      of(kind).map(({ regime, iteration, count }) => [regime, iteration, count]);
    const counts = (whole: number) =>
      REGIMES.flatMap((regime, i) => [
        [regime, 0, i === 0 ? whole : 16],
        [regime, 1, whole],
      ]);
    assert.deepEqual(kept("samples"), counts(144));
    // There are 32 test images.
    assert.deepEqual(kept("reconstructions"), counts(32));
    assert.deepEqual(kept("originals"), [["replace", 0, 32]]);
    for (const kind of ["samples", "reconstructions", "originals"])
      for (const { seed, count, height, width, channels, pixels } of of(kind)) {
        assert.deepEqual([seed, height, width, channels], [0, 28, 28, 1]);
        assert.equal(Buffer.from(String(pixels), "base64").length, Number(count) * 28 * 28);
      }
    // Iteration 0 is shared by the regimes, iteration 1 is not.
    const first16 = of("samples").map(({ pixels }) =>
      Buffer.from(String(pixels), "base64").toString("hex", 0, 16 * 784),
    );
    assert.equal(new Set(first16).size, 1 + 3);
  });

  test("a rerun reads everything from the store", async () => {
    const before = store.list("fit").sort();
    const again = await run(SMALL, store);
    assert.deepEqual(again.rows, rows);
    assert.deepEqual(again.finished, [`Image VAE: ${before.length} generations in the run store`]);
    assert.deepEqual(store.list("fit").sort(), before);
  });

  test("another store gives the same rows to the last bit, whatever else is run beside them", async () => {
    const [main] = SMALL.variants;
    const one: ImagesPreset = {
      ...SMALL,
      variants: [
        {
          ...main,
          chains: [
            { regimes: REGIMES.slice(0, 2).map((kind) => ({ kind })), iterations: 2, seeds: 1 },
          ],
        },
      ],
    };
    const expected = rows.filter(({ regime, seed }) => regime !== REGIMES[2] && seed === 0);
    const elsewhere = await run(one, RunStore.open(temporaryFolder()));
    assert.deepEqual(elsewhere.rows, expected);
    assert.equal(expected.length, 2 * (2 + 2 + 2) + 1);
  });

  test("Plotly draws every figure as it is meant, and each says preset, data, seeds and differences", () => {
    const provenance = { preset: "quick", versions: { node: "1" }, ...images.describe(SMALL) };
    const figures = images.figures(rows, SMALL, provenance);
    assert.deepEqual(
      figures.map(({ name }) => name),
      [
        ...["figure-05-image-vae", "image-vae-loss", "image-vae-variety"],
        "image-vae-distribution",
        ...["figure-06-vae-samples", "figure-15-vae-reconstructions"],
        // There are 32 test images: no 144 to reconstruct.
        "image-vae-samples-12x12",
      ],
    );
    for (const figure of figures) {
      validate(figure);
      const { layout } = withCaption(figure);
      const text = (layout.annotations ?? [])
        .map((note) => note.text)
        .join(" ")
        .replaceAll("\u00a0", " ");
      const seeds = /12x12|figure-06|figure-15/.test(figure.name)
        ? /seed 0 \(n = 1\)/
        : /seeds 0–1 \(n = 2\)/;
      for (const part of [
        /preset quick/,
        /stroke-drawn digits \(64 \/ 32\)/,
        seeds,
        /2 latent units/,
      ])
        assert.match(text, part, figure.name);
    }
  });

  test("claims rest on the runs of the last iteration; two seeds give intervals", () => {
    const claims = images.claims(rows, SMALL);
    assert.equal(claims.length, 7);
    for (const claim of claims) {
      assert.ok(claim.low <= claim.estimate && claim.estimate <= claim.high, claim.id);
      for (const address of claim.runs) assert.equal(store.has("fit", address), true);
    }
  });
});

test("what differs from the paper follows from the preset", () => {
  const { dataset, seeds, differs } = images.describe({
    ...SMALL,
    task: {
      ...SMALL.task,
      data: { dataset: "mnist", trainItems: 60_000, testItems: 10_000 },
      training: { ...SMALL.task.training, epochs: 100 },
    },
  });
  assert.equal(dataset, "MNIST (60,000 / 10,000)");
  assert.deepEqual(seeds, [0, 1]);
  assert.match(
    differs ?? "",
    /^28 × 28 grey images of MNIST .*, 60,000 \/ 10,000 images instead of 162,770 \/ 19,962, a convolutional VAE instead of the published VanillaVAE, channels [\d, ]+ instead of 32, 64, 128, 256, 512, 2 latent units instead of 128, 2 iterations instead of 10$/,
  );
});
