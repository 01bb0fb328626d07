import assert from "node:assert/strict";
import { test } from "node:test";
import type { ScatterData } from "plotly.js-dist";
import { PNG } from "pngjs";
import { images } from "../../../lib/experiments/images";
import { describeVariant } from "../../../lib/experiments/images/describe";
import { FIGURE_5 } from "../../../lib/experiments/images/published";
import { validate } from "../../../lib/export/validate";
import { withCaption } from "../../../lib/figures/caption";
import type { Figure } from "../../../lib/figures/figure";
import type { Row } from "../../../lib/metrics/row";
import { greyOf, metricRows, PUBLISHED_RUN, pictureRows, withPublishedRun } from "./rows";

const PRESET = withPublishedRun();
const OTHER = PRESET.variants[1];
const MAIN_FIGURES = [
  ...["figure-05-image-vae", "image-vae-loss", "image-vae-variety"],
  ...["figure-06-vae-samples", "figure-15-vae-reconstructions"],
];
const OTHER_FIGURES = [
  ...["relative-loss", "loss", "variety", "samples", "reconstructions"],
  ...["samples-12x12", "reconstructions-12x12"],
].map((name) => `image-vae-published-network-${name}`);

/** Under replace the loss grows by a tenth of the first a round, under accumulate by a hundredth. */
const loss = (first: number) => (regime: string, seed: number, iteration: number) => ({
  loss: (first + first * 0.01 * seed) * (1 + (regime === "replace" ? 0.1 : 0.01) * iteration),
});

const mainMetrics = metricRows([0, 1, 2], loss(100));
const mainPictures = mainMetrics
  .filter(({ seed }) => seed === 0)
  .flatMap(({ regime, iteration }) =>
    ["samples", "reconstructions", ...(iteration === 0 ? ["originals"] : [])].map((kind) => ({
      ...{ kind, variant: "main", regime, seed: 0, iteration },
      ...{ count: 24, height: 2, width: 2, channels: 1 },
      pixels: Buffer.alloc(24 * 4, 255).toString("base64"),
    })),
  );
const mainRows: Row[] = [...mainMetrics, ...mainPictures];
const otherRows: Row[] = [
  ...metricRows([0, 1], loss(0.05), PUBLISHED_RUN),
  ...pictureRows(PUBLISHED_RUN, 3),
];

const provenance = { preset: "laptop", versions: { node: "1" }, ...images.describe(PRESET) };
const figuresOf = (rows: readonly Row[]) => images.figures(rows, PRESET, provenance);
const both = figuresOf([...mainRows, ...otherRows]);
const named = (name: string): Figure => {
  const found = both.find((figure) => figure.name === name);
  assert.ok(found, name);
  return found;
};
const other = (name: string) => named(`image-vae-published-network-${name}`);
const traces = (figure: Figure) => figure.data as Partial<ScatterData>[];
const publishedOf = (figure: Figure) =>
  traces(figure).filter(({ name, x }) => name === "published" && (x?.length ?? 0) > 1);

test("each variant has figures of its own, which Plotly draws as they are meant", () => {
  assert.deepEqual(
    both.map(({ name }) => name),
    [...MAIN_FIGURES, ...OTHER_FIGURES],
  );
  for (const figure of both) validate(figure);
});

test("the main variant's figures are the same beside another variant; one without rows has none", () => {
  const alone = figuresOf(mainRows);
  assert.deepEqual(
    alone.map(({ name }) => name),
    MAIN_FIGURES,
  );
  assert.deepEqual(both.slice(0, MAIN_FIGURES.length), alone);
  // The other order of rows and variants makes no difference either.
  assert.deepEqual(figuresOf([...otherRows, ...mainRows]), both);
});

test("captions: network, data, epochs and what differs from the paper, of each variant's config", () => {
  const words = (figure: Figure) =>
    (withCaption(figure).layout.annotations ?? [])
      .map((note) => note.text)
      .join(" ")
      .replaceAll("\u00a0", " ")
      .replaceAll("<br>", " ");
  const differs =
    "32 × 32 colour images of CIFAR-10 instead of 64 × 64 faces of CelebA, 2,000 / 1,000 images instead of 162,770 / 19,962, 10 epochs per iteration instead of 100";
  assert.equal(describeVariant(PRESET, OTHER).differs, differs);
  for (const figure of both) {
    const mine = OTHER_FIGURES.includes(figure.name);
    const text = words(figure);
    assert.match(text, mine ? /CIFAR-10 \(2,000 \/ 1,000\)/ : /MNIST \(60,000 \/ 10,000\)/);
    assert.equal(/CIFAR/.test(`${text} ${figure.alt}`), mine, figure.name);
    assert.equal(/MNIST|16 latent/.test(`${text} ${figure.alt}`), !mine, figure.name);
    if (!mine) continue;
    assert.ok(text.includes(differs), figure.name);
    const sentence =
      "The network is the published VanillaVAE, trained for 10 epochs per iteration on 2,000 images of CIFAR-10 (32 × 32 colour).";
    assert.ok(figure.alt.includes(sentence), figure.alt);
    assert.ok(figure.alt.endsWith(`Differs from the paper: ${differs}.`), figure.alt);
    const grid = /samples|reconstructions/.test(figure.name);
    assert.deepEqual(figure.provenance.seeds, grid ? [0] : [0, 1], figure.name);
  }
});

test("captions follow the config: another size, length or training is named, the paper's is not", () => {
  const differs = (changes: object) =>
    describeVariant(PRESET, { ...OTHER, changes: { ...OTHER.changes, ...changes } }).differs ?? "";
  const training = OTHER.changes.training as object;
  const model = OTHER.changes.model as object;
  assert.match(differs({ training: { ...training, epochs: 1 } }), /1 epoch per iteration/);
  assert.match(
    differs({
      model: { ...model, channels: [8, 16], latent: 4 },
      training: { ...training, batchSize: 32, learningRate: 0.001, horizontalFlips: false },
    }),
    /channels 8, 16 instead of 32, 64, 128, 256, 512, 4 latent units instead of 128, 10 epochs .*, batches of 32 instead of 64, learning rate 0\.001 instead of 0\.005, no mirrored images$/,
  );
  const small = { ...OTHER, changes: { ...OTHER.changes, model: { ...model, latent: 4 } } };
  const preset = { ...PRESET, variants: [PRESET.variants[0], small] };
  const [figure] = images.figures(otherRows, preset, provenance);
  assert.match(figure.alt, /a VanillaVAE of another size than the published one/);
  assert.equal(images.describe(images.presets.paper!).differs, "");
});

test("loss relative to iteration 0: the mean of the seeds' own ratios, beside the published ones", () => {
  const figure = other("relative-loss");
  const lines = traces(figure).filter(({ name, x }) => name === "Replace" && x?.length === 10);
  const ends = lines.map(({ y }) => Number((y as number[])[9]));
  for (const end of ends) assert.ok(Math.abs(end - 1.9) < 1e-12, `${end}`);
  assert.ok(ends.length > 0);
  const published = publishedOf(figure).map(({ y }) => Number((y as number[])[9]).toFixed(3));
  assert.deepEqual(published, ["1.560", "1.032"]);
  assert.match(figure.alt, /is 1\.90 under Replace, 1\.09 under Accumulate\./);
});

test("the loss itself, by its published name, beside Figure 5; the main variant's is in other units", () => {
  const figure = other("loss");
  assert.match(JSON.stringify(figure.layout), /Squared error \+ 0\.00025 KL/);
  assert.deepEqual(
    publishedOf(figure).map(({ y }) => y),
    [FIGURE_5.replace, FIGURE_5.accumulate],
  );
  assert.deepEqual(publishedOf(named("image-vae-loss")), []);
});

test("a loss that explodes is shown on a logarithmic axis, any other on a linear one", () => {
  const axes = (rows: readonly Row[]) =>
    ["relative-loss", "loss"].map((name) => {
      const found = figuresOf(rows).find((f) => f.name === `image-vae-published-network-${name}`);
      return (found?.layout.yaxis as { type?: string } | undefined)?.type ?? "linear";
    });
  const metrics = otherRows.filter(({ kind }) => kind === "metrics");
  const exploded = metrics.map((row) =>
    row.iteration === 9 && row.regime === "replace" ? { ...row, loss: 1e11 } : row,
  );
  assert.deepEqual(axes(metrics), ["linear", "linear"]);
  assert.deepEqual(axes(exploded), ["log", "log"]);
});

test("grids of ten iterations show six: the first, the last, and four between", () => {
  const titles = (other("samples").layout.annotations ?? []).map(({ text }) => text);
  assert.deepEqual(titles.slice(0, 6), ["0 (real data)", "2", "4", "5", "7", "9"]);
});

/** The one value that each picture of a grid has, picture by picture. */
function shownIn(figure: Figure): number[] {
  return (figure.layout.images ?? []).map(({ source }) => {
    const png = PNG.sync.read(Buffer.from(String(source).split(",")[1], "base64"));
    // 12 × 12 pictures of 2 × 2 pixels with lines of 1 between, all repeated alike.
    const scale = png.width / (12 * 3 - 1);
    assert.ok(Number.isInteger(scale) && png.height === png.width, `${png.width}`);
    for (const i of [0, 5, 11])
      for (const j of [0, 7, 11]) {
        const at = 4 * (3 * i * scale * png.width + 3 * j * scale);
        assert.equal(png.data[at], png.data[0]);
      }
    return png.data[0];
  });
}

test("12 × 12 grids: the last model under each regime, that of real data, and the test images", () => {
  const [samples, reconstructions] = [other("samples-12x12"), other("reconstructions-12x12")];
  assert.deepEqual(shownIn(samples), [greyOf(0, 9, 0), greyOf(1, 9, 0), greyOf(0, 0, 0)]);
  const rebuilt = [greyOf(0, 9, 1), greyOf(1, 9, 1), greyOf(0, 0, 1), greyOf(0, 0, 2)];
  assert.deepEqual(shownIn(reconstructions), rebuilt);
  const titles = (reconstructions.layout.annotations ?? []).map(({ text }) => text);
  assert.deepEqual(titles.slice(0, 4), [
    ...["Replace, iteration 9", "Accumulate, iteration 9"],
    ...["Iteration 0 (real data)", "Test images"],
  ]);
  for (const title of titles.slice(0, 4)) assert.ok(reconstructions.alt.includes(String(title)));
});

test("records with fewer pictures have no 12 × 12 grids", () => {
  const few = otherRows.map((row) => (row.count === 144 ? { ...row, count: 143 } : row));
  assert.deepEqual(
    figuresOf(few).map(({ name }) => name),
    OTHER_FIGURES.slice(0, 5),
  );
});

test("samples beside real images: dots at what real images score, where the records have it", () => {
  const real = { realFrechet: 0.125, realDiversity: 9, realSharpness: 0.25, realEffectiveRank: 30 };
  const rows = otherRows.map((row) => ({
    ...row,
    ...(row.kind === "metrics"
      ? { ...real, sampleFrechet: 0.5, sampleEffectiveRank: 4, priorGap: 2, pixelEntropy: 45 }
      : {}),
  }));
  const figures = figuresOf(rows);
  const dots = (name: string) =>
    traces(figures.find((figure) => figure.name.endsWith(name))!)
      .filter(({ name }) => name === "real images")
      .map(({ x, y }) => [Array.from(x as number[]), Array.from(y as number[])]);
  const level = (value: number) => [
    [0, 9],
    [value, value],
  ];
  const twice = (...values: number[]) => values.flatMap((value) => [level(value), level(value)]);
  assert.deepEqual(dots("-distribution"), twice(0.125, 30));
  assert.deepEqual(dots("-variety"), twice(9, 0.25));
  assert.ok(!both.some(({ name }) => name.endsWith("-distribution")));
  for (const figure of figures) validate(figure);
});
