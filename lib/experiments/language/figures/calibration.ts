import type { Figure, Provenance } from "../../../figures/figure";
import type { Row } from "../../experiment";
import { describeConfig } from "../describe";
import { configOf, type LanguagePreset } from "../preset";
import { FIRST_STEPS } from "../published";
import { learningCurves } from "./learning";
import { rowsOf, seedsOf, variantsOf } from "./select";

/**
 * Test losses at the start of the paper's training on real stories, with the published loss after the
 * same number of steps (null where none is published).
 */
export function calibration(rows: readonly Row[], preset: LanguagePreset): Row[] {
  return rowsOf(rows, "curve", variantsOf(preset, "calibration")).map(
    ({ label, seed, step, epoch, testLoss }) => ({
      ...{ model: label, seed, step, epoch, "test loss": testLoss },
      published: FIRST_STEPS[Number(step)] ?? null,
    }),
  );
}

/** {@link calibration} as a figure: test loss against gradient steps, published points as circles. */
export function calibrationFigure(
  rows: readonly Row[],
  preset: LanguagePreset,
  provenance: Provenance,
): Figure {
  const selected = rowsOf(rows, "curve", variantsOf(preset, "calibration"));
  const last = Math.max(...selected.map(({ step }) => Number(step)));
  const x = Object.keys(FIRST_STEPS)
    .map(Number)
    .filter((step) => step <= last);
  const variants = variantsOf(preset, "calibration");
  const labels = variants.map(({ label }) => label);
  return learningCurves({
    name: "language-calibration",
    title: "The paper's first steps on real stories, with the published loss",
    alt: `Test cross-entropy against gradient steps at the start of training on real stories, with the published values: ${labels.join(", ")}.`,
    provenance: {
      ...provenance,
      seeds: seedsOf(selected),
      ...describeConfig(configOf(preset, variants[0])),
    },
    rowTitles: [""],
    columnTitles: labels,
    panel: (_, column) => ({
      rows: selected.filter(({ label }) => label === labels[column]),
      published: [{ iteration: 1, x, y: x.map((step) => FIRST_STEPS[step]) }],
    }),
    x: "step",
  });
}
