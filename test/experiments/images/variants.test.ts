import assert from "node:assert/strict";
import { test } from "node:test";
import { engine } from "../../../lib/engine/load";
import { images } from "../../../lib/experiments/images";
import type { ImagesPreset } from "../../../lib/experiments/images/preset";
import { validate } from "../../../lib/export/validate";
import { RunStore } from "../../../lib/store/runStore";
import { memoryFolder } from "../../support/temporary";
import { runExperiment } from "../support";

engine({ threads: 1 });

const chains = [
  { regimes: [{ kind: "replace" }, { kind: "accumulate" }], iterations: 2, seeds: 1 },
];

/** Two networks on two data sets of two sizes. */
const PRESET: ImagesPreset = images.schema.parse({
  task: {
    data: { dataset: "strokes", trainItems: 16, testItems: 8 },
    model: { family: "vae", latent: 2, channels: [4] },
    training: { epochs: 1, batchSize: 8 },
    evaluation: { priorSamples: 4, gridImages: 16 },
  },
  variants: [
    { ...{ name: "main", label: "VAE", role: "main", changes: {} }, chains },
    {
      ...{ name: "published-network", label: "VanillaVAE", role: "published-network" },
      changes: {
        data: { dataset: "strokes", trainItems: 24, testItems: 150 },
        model: { family: "vanilla-vae", latent: 3, channels: [4, 6] },
        evaluation: { gridImages: 144 },
      },
      chains,
    },
  ],
});

test("a preset runs two networks on two data sets, and each has its rows, figures and claims", async () => {
  const store = RunStore.open(memoryFolder());
  const { rows } = await runExperiment(images, PRESET, { store });
  const of = (variant: string, kind: string) =>
    rows.filter((row) => row.variant === variant && row.kind === kind);
  const [main, other] = PRESET.variants.map(({ name }) => name);
  assert.deepEqual(
    of(main, "metrics").map(({ trainingItems }) => trainingItems),
    [16, 16, 16, 32],
  );
  assert.deepEqual(
    of(other, "metrics").map(({ trainingItems }) => trainingItems),
    [24, 24, 24, 48],
  );
  for (const { loss, reconstruction, kl } of of(other, "metrics"))
    assert.equal(loss, Number(reconstruction) + 0.00025 * Number(kl));
  // Whole grids of the first and the last model; 16 of that of real data under the second regime.
  for (const kind of ["samples", "reconstructions"])
    assert.deepEqual(
      of(other, kind).map(({ count }) => count),
      [144, 144, 16, 144],
    );
  assert.deepEqual(
    [main, other].map((variant) => of(variant, "originals").map(({ count }) => count)),
    [[8], [144]],
  );

  const provenance = { preset: "test", versions: { node: "1" }, ...images.describe(PRESET) };
  const figures = images.figures(rows, PRESET, provenance);
  for (const figure of figures) validate(figure);
  const own = figures.filter(({ name }) => name.startsWith("image-vae-published-network-"));
  assert.deepEqual([figures.length, own.length], [6 + 8, 8]);
  for (const figure of figures)
    assert.equal(
      figure.provenance.dataset,
      `stroke-drawn digits (${own.includes(figure) ? "24 / 150" : "16 / 8"})`,
    );
  for (const { id, estimate, runs } of images.claims(rows, PRESET)) {
    assert.ok(Number.isFinite(estimate), id);
    const variant = id.startsWith("images.published-network.") ? other : main;
    const known = new Set(of(variant, "metrics").map(({ run }) => run));
    assert.ok(runs.length > 0 && runs.every((run) => known.has(run)), id);
  }
});
