import { curves, type PublishedCurve } from "../../../figures/curves";
import type { Figure, Provenance } from "../../../figures/figure";
import type { Row } from "../../../metrics/row";
import { iterationsOf, rowsOf, seedsOf } from "../../select";
import type { MoleculesConfig } from "../config";
import { configOf, type MoleculesPreset, readingsOf, trainingsOf } from "../preset";
import { FIGURE_4 } from "../published";
import { withFewTicks } from "./fewTicks";

export const ITERATION = { column: "iteration", title: "Iteration (0 = real data)" };

const LOSS = { column: "loss", title: "Test loss (an atom)", log: true };

/**
 * Figure 4: test loss against iteration, a panel a regime, of the main variant, with the published
 * points. Both are GeoDiff's bound averaged over atoms, but of other molecules and networks.
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
      alt: "Test loss of the molecule diffusion model against model-fitting iteration beside the published values: under replace it jumps at the first synthetic iteration and stays there, under accumulate it stays near the first model's.",
      provenance,
      rows: own,
      metrics: [LOSS],
      x: ITERATION,
      published: publishedCurves(own),
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
    title: "Figure 4 relative to the model of real data",
    alt: "Test loss of the molecule diffusion model relative to the one trained on real data, against iteration, beside the published ratios, which jump to 6.5 under replace and end at 1.7 under accumulate.",
    provenance,
    rows: own,
    metrics: [{ column: "loss", title: "Test loss" }],
    x: ITERATION,
    relative: true,
    published: publishedCurves(own),
  });
}

/** What "50 steps" means decides: the loss under both readings, a panel each, relative to iteration 0. */
export function stepsFigure(
  rows: readonly Row[],
  preset: MoleculesPreset,
  provenance: Provenance,
): Figure {
  return curves({
    name: "molecules-sampling-steps",
    title: "What the 50 sampling steps are: two readings",
    alt: "Test loss relative to the first model against iteration, when conformers are sampled at the last 50 noise levels, as the published code does, and at 50 levels over the whole schedule.",
    provenance,
    rows: rowsOf(rows, "metrics", readingsOf(preset)),
    metrics: [{ column: "loss", title: "Test loss" }],
    x: ITERATION,
    panelBy: "label",
    relative: true,
  });
}

/**
 * Whether the length of training decides what Figure 4 shows: the main variant and others, each of
 * the seeds that it was run with.
 */
export function trainingFigure(
  rows: readonly Row[],
  preset: MoleculesPreset,
  provenance: Provenance,
): Figure {
  const metrics = rows.filter(({ kind }) => kind === "metrics");
  const compared = [preset.variants[0], ...trainingsOf(preset)].map((variant) => {
    const n = seedsOf(metrics.filter((row) => row.variant === variant.name)).length;
    return { ...variant, label: `${lengthOf(configOf(preset, variant))} (n = ${n})` };
  });
  return curves({
    name: "molecules-training-length",
    title: "How long each model is trained",
    alt: "Test loss relative to the first model against iteration, for models that are trained for fewer and for more optimiser steps, or for longer on larger pools.",
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
    ? `${steps.toLocaleString("en-US")} steps a fit`
    : `${epochs} passes over the pool a fit`;

/** The loss and its two parts: pairs far apart (global), and those that bonds join (local). */
export function partsFigure(
  rows: readonly Row[],
  preset: MoleculesPreset,
  provenance: Provenance,
): Figure {
  return withFewTicks(
    curves({
      name: "molecules-loss-parts",
      title: "Test loss and its two parts",
      alt: "Test loss of an atom against iteration, and its two parts: that of the global forces, between atoms no short path of bonds joins, and that of the local forces.",
      provenance,
      rows: rowsOf(rows, "metrics", readingsOf(preset)),
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

function publishedCurves(rows: readonly Row[]): PublishedCurve[] {
  const last = Math.max(...iterationsOf(rows));
  return Object.entries(FIGURE_4).map(([regime, losses]) => {
    const y = losses.slice(0, last + 1);
    return { panel: regime, series: regime, x: [...y.keys()], y };
  });
}
