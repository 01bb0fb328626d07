import { curves } from "../../../figures/curves";
import type { Figure, Provenance } from "../../../figures/figure";
import { relativeToFirst } from "../../../figures/relative";
import { regimeLabel } from "../../../figures/style";
import { groupBy, summarise } from "../../../metrics/statistics";
import type { Row } from "../../experiment";
import { iterationsOf } from "../../select";
import { LOSS_NAMES } from "../lossNames";
import { publishedCurves } from "./publishedCurves";
import { MAIN_WORDS, type Words } from "./words";

/** Ratio of the largest to the smallest value from which on an axis is logarithmic. */
const WIDE = 50;

export const ITERATION = { column: "iteration", title: "Model-fitting iteration (0 = real data)" };

/** No model whose pixels are Bernoulli gets below the entropy of the pixels themselves. */
const FLOOR = { reference: { column: "pixelEntropy", name: "pixels' entropy" } };

/**
 * The test loss and its two parts against iteration, one panel per regime; the published network's beside
 * the values of Figure 5.
 * @param family of the networks; it says what the loss is
 */
export function lossFigure(
  rows: readonly Row[],
  provenance: Provenance,
  family: keyof typeof LOSS_NAMES = "vae",
  words: Words = MAIN_WORDS,
): Figure {
  const names = LOSS_NAMES[family];
  const isPublished = family === "vanilla-vae";
  const beside = isPublished ? ", beside the published loss on CelebA" : "";
  return curves({
    name: `${words.name}-loss`,
    title: `${words.title}: test loss against iteration`,
    alt: `Test loss of ${words.network} (${isPublished ? names.symbol : names.unit}) and its two parts against iteration${beside}. ${endsOf(rows, "loss")}`,
    provenance,
    rows,
    metrics: [
      { column: "loss", title: names.loss },
      { column: "reconstruction", title: names.reconstruction, ...(isPublished ? {} : FLOOR) },
      { column: "kl", title: "KL (nats per image)" },
    ].map((metric) => ({ ...metric, log: isWide(rows, metric.column) })),
    x: ITERATION,
    ...(isPublished ? { published: publishedCurves(Math.max(...iterationsOf(rows))) } : {}),
  });
}

/**
 * Figure 5: squared error per pixel relative to iteration 0, with the published curves.
 * @param own whether the images are the reader's own, which have nothing published beside them
 */
export function figure5(rows: readonly Row[], provenance: Provenance, own = false): Figure {
  const last = Math.max(...iterationsOf(rows));
  return curves({
    name: "figure-05-image-vae",
    title: "Figure 5: VAE test error against iteration, relative to real data",
    alt: `Squared error per pixel of the VAE's reconstructions relative to the model of real data, against iteration${own ? "" : ", beside the published curves for CelebA"}. ${endsOf(rows, "mse")}`,
    provenance,
    rows,
    metrics: [{ column: "mse", title: "Squared error per pixel" }],
    x: ITERATION,
    relative: true,
    ...(own ? {} : { published: publishedCurves(last) }),
  });
}

/** Figure 5 with the published network: its own loss relative to iteration 0, with the published curves. */
export function relativeLossFigure(
  rows: readonly Row[],
  provenance: Provenance,
  family: keyof typeof LOSS_NAMES,
  words: Words,
): Figure {
  const names = LOSS_NAMES[family];
  return curves({
    name: `${words.name}-relative-loss`,
    title: `Figure 5 with ${words.title}: test loss, relative to real data`,
    alt: `Test loss (${names.symbol}) of ${words.network} relative to the model of real data, against iteration, beside the published curves for CelebA. ${endsOf(rows, "loss")}`,
    provenance,
    rows,
    metrics: [{ column: "loss", title: "Test loss", log: isWide(rows, "loss") }],
    x: ITERATION,
    relative: true,
    published: publishedCurves(Math.max(...iterationsOf(rows))),
  });
}

/** What the loss does not show: how varied and how sharp images drawn from the prior are. */
export function varietyFigure(
  rows: readonly Row[],
  provenance: Provenance,
  words: Words = MAIN_WORDS,
): Figure {
  return curves({
    name: `${words.name}-variety`,
    title: `${words.title}: variety of prior samples against iteration`,
    alt: `Mean distance between two prior samples, their sharpness, and the number of active latent units against iteration, for every regime. ${endsOf(rows, "sampleDiversity")}`,
    provenance,
    rows,
    metrics: [
      {
        column: "sampleDiversity",
        title: "Distance between two samples",
        reference: { column: "realDiversity", name: "real images" },
      },
      {
        column: "sampleSharpness",
        title: "Step between neighbouring pixels",
        reference: { column: "realSharpness", name: "real images" },
      },
      { column: "activeUnits", title: "Active latent units" },
    ],
    x: ITERATION,
  });
}

/**
 * Whether a linear axis would show the largest values alone. Batch normalisation that has seen nothing
 * but nearly equal samples makes real images enormous, and with them the KL divergence.
 */
function isWide(rows: readonly Row[], column: string): boolean {
  const values = rows.map((row) => Number(row[column]));
  const least = Math.min(...values);
  return least > 0 && Math.max(...values) > WIDE * least;
}

/** "At iteration 5 its mean is 1.41 times that at iteration 0 under Replace, 0.998 times under …." */
export function endsOf(rows: readonly Row[], column: string): string {
  const last = Math.max(...iterationsOf(rows));
  const relative = groupBy(rows, ["regime"]).flatMap(({ key, rows: own }) => {
    const ends = relativeToFirst(own, "iteration", column).filter((row) => row.iteration === last);
    if (ends.length === 0) return [];
    const { mean } = summarise(ends.map((row) => Number(row[column])));
    return [`${mean.toPrecision(3)} under ${regimeLabel(String(key.regime))}`];
  });
  return `At iteration ${last} its mean over seeds, relative to iteration 0, is ${relative.join(", ")}.`;
}
