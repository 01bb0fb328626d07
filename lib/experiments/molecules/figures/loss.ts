import { curves, type PublishedCurve } from "../../../figures/curves";
import type { Figure, Provenance } from "../../../figures/figure";
import { countOf, formatCount } from "../../../format";
import { significant } from "../../../metrics/format";
import type { Row } from "../../../metrics/row";
import { summarise } from "../../../metrics/statistics";
import { distinct, iterationsOf, rowsOf, seedsOf } from "../../select";
import type { MoleculesConfig } from "../config";
import { configOf, type MoleculesPreset, samplerVariantsOf, trainingVariantsOf } from "../preset";
import { FIGURE_4 } from "../published";
import { withFewTicks } from "./fewTicks";

export const ITERATION = { column: "iteration", title: "Iteration (0 = real data)" };

const LOSS = { column: "loss", title: "Test loss (per atom)", log: true };

/**
 * Figure 4: test loss against iteration, of the main variant, one panel per regime, with the published
 * points. Both are GeoDiff's bound averaged over atoms, but for other molecules and networks.
 */
export function figure4(
  rows: readonly Row[],
  preset: MoleculesPreset,
  provenance: Provenance,
): Figure {
  const own = rowsOf(rows, "metrics", preset.variants.slice(0, 1));
  return withFewTicks(
    curves({
      name: "figure-04-molecule-diffusion",
      title: "Figure 4: molecule diffusion, test loss against iteration",
      alt: `Test loss of the molecule diffusion model against model-fitting iteration${hasPublished(preset) ? ", beside the published values" : ""}. ${finalRatios(own)}`,
      provenance,
      rows: own,
      metrics: [LOSS],
      x: ITERATION,
      ...(hasPublished(preset) ? { published: publishedCurves(own) } : {}),
    }),
  );
}

/** The same with every curve, ours and the published, divided by its value at iteration 0. */
export function relativeFigure(
  rows: readonly Row[],
  preset: MoleculesPreset,
  provenance: Provenance,
): Figure {
  const own = rowsOf(rows, "metrics", preset.variants.slice(0, 1));
  return curves({
    name: "figure-04-molecule-diffusion-relative",
    title: "Figure 4 relative to the model trained on real data",
    alt: `Test loss of the molecule diffusion model relative to the one trained on real data, against iteration${hasPublished(preset) ? ", beside the published ratios" : ""}. ${finalRatios(own)}`,
    provenance,
    rows: own,
    metrics: [{ column: "loss", title: "Test loss" }],
    x: ITERATION,
    relative: true,
    ...(hasPublished(preset) ? { published: publishedCurves(own) } : {}),
  });
}

/** How the 50 sampling steps are chosen: the loss relative to iteration 0, one panel per sampler. */
export function samplerFigure(
  rows: readonly Row[],
  preset: MoleculesPreset,
  provenance: Provenance,
): Figure {
  const variants = samplerVariantsOf(preset);
  return curves({
    name: "molecules-sampling-steps",
    title: "How the sampling steps are chosen",
    alt: `Test loss relative to the first model against iteration, one panel per choice of noise levels to sample at: ${variants.map(({ label }) => label).join("; ")}.`,
    provenance,
    rows: rowsOf(rows, "metrics", variants),
    metrics: [{ column: "loss", title: "Test loss" }],
    x: ITERATION,
    panelBy: "label",
    relative: true,
  });
}

/** How long models are trained: the main variant and the others, with the seeds each was run with. */
export function trainingFigure(
  rows: readonly Row[],
  preset: MoleculesPreset,
  provenance: Provenance,
): Figure {
  const metrics = rows.filter(({ kind }) => kind === "metrics");
  const compared = [preset.variants[0], ...trainingVariantsOf(preset)].map((variant) => {
    const n = seedsOf(metrics.filter((row) => row.variant === variant.name)).length;
    return { ...variant, label: `${lengthOf(configOf(preset, variant))} (n = ${n})` };
  });
  return curves({
    name: "molecules-training-length",
    title: "How long each model is trained",
    alt: `Test loss relative to the first model against iteration, for models trained for different lengths: ${compared.map(({ label }) => label).join("; ")}.`,
    provenance,
    rows: rowsOf(rows, "metrics", compared),
    metrics: [{ column: "loss", title: "Test loss" }],
    x: ITERATION,
    panelBy: "label",
    relative: true,
  });
}

const lengthOf = ({ training: { steps, epochs } }: MoleculesConfig): string =>
  epochs === undefined
    ? `${formatCount(steps)} steps per model`
    : `${countOf(epochs, "pass", "passes")} per model`;

/** The loss and its two parts: forces between distant pairs (global) and along bonds (local). */
export function partsFigure(
  rows: readonly Row[],
  preset: MoleculesPreset,
  provenance: Provenance,
): Figure {
  return withFewTicks(
    curves({
      name: "molecules-loss-parts",
      title: "Test loss and its two parts",
      alt: "Test loss per atom against iteration, and its two parts: that of the global forces, between atoms not joined by a short path of bonds, and that of the local forces.",
      provenance,
      rows: rowsOf(rows, "metrics", samplerVariantsOf(preset)),
      metrics: [
        { column: "loss", title: "Loss", log: true },
        { column: "global", title: "Global part", log: true },
        { column: "local", title: "Local part", log: true },
      ],
      x: ITERATION,
      panelBy: "label",
    }),
  );
}

/** "At iteration 8 it is 7.1 times the first model's under replace, …": means over seeds. */
function finalRatios(rows: readonly Row[]): string {
  const regimes = distinct(rows, "regime").map((regime) => {
    const own = rows.filter((row) => row.regime === regime);
    const last = Math.max(...iterationsOf(own));
    const ratios = seedsOf(own).flatMap((seed) => {
      const at = (n: number) => own.find((row) => row.seed === seed && row.iteration === n)?.loss;
      const ratio = Number(at(last)) / Number(at(0));
      return Number.isFinite(ratio) ? [ratio] : [];
    });
    return `${significant(summarise(ratios).mean, 3)} under ${regime} (iteration ${last})`;
  });
  return `Relative to the first model, the last one's loss is ${regimes.join(", ")}.`;
}

/** The reader's own molecules have nothing published beside them. */
const hasPublished = ({ task }: MoleculesPreset): boolean => task.data.dataset !== "own";

function publishedCurves(rows: readonly Row[]): PublishedCurve[] {
  const last = Math.max(...iterationsOf(rows));
  return Object.entries(FIGURE_4).map(([regime, losses]) => {
    const y = losses.slice(0, last + 1);
    return { panel: regime, series: regime, x: [...y.keys()], y };
  });
}
