import type { Figure, Provenance } from "../../../figures/figure";
import type { Row } from "../../experiment";
import type { LanguagePreset } from "../preset";
import { FIRST_STEPS } from "../published";
import { learningCurves } from "./learning";
import { rowsOf, seedsOf, variantsOf } from "./select";

/**
 * Test losses of the models that follow the beginning of the paper's training on real stories,
 * beside the published one after as many steps (null where none is published).
 */
export function calibration(rows: readonly Row[], preset: LanguagePreset): Row[] {
  return rowsOf(rows, "curve", variantsOf(preset, "calibration")).map(
    ({ label, seed, step, epoch, testLoss }) => ({
      ...{ model: label, seed, step, epoch, "test loss": testLoss },
      published: FIRST_STEPS[Number(step)] ?? null,
    }),
  );
}

/** {@link calibration} as a picture: test loss against gradient steps, published points as circles. */
export function calibrationFigure(
  rows: readonly Row[],
  preset: LanguagePreset,
  provenance: Provenance,
): Figure {
  const own = rowsOf(rows, "curve", variantsOf(preset, "calibration"));
  const last = Math.max(...own.map(({ step }) => Number(step)));
  const x = Object.keys(FIRST_STEPS)
    .map(Number)
    .filter((step) => step <= last);
  const labels = variantsOf(preset, "calibration").map(({ label }) => label);
  return learningCurves({
    name: "language-calibration",
    title: "The paper's first steps on real stories, beside the published loss",
    alt: "Test cross-entropy of GPT-2 9M against gradient steps at the beginning of its training on real stories, with the published value after 662 steps as a circle.",
    provenance: {
      ...provenance,
      seeds: seedsOf(own),
      dataset: "TinyStories excerpt (10,139 / 3,117; points of the curve on 200)",
      differs:
        "10,139 stories repeated twice instead of 21,184 different ones; learning rate 5e-5 is a guess; 8 heads; products in bfloat16",
    },
    rowTitles: [""],
    columnTitles: labels,
    panel: (_, column) => ({
      rows: own.filter(({ label }) => label === labels[column]),
      published: [{ iteration: 1, x, y: x.map((step) => FIRST_STEPS[step]) }],
    }),
    x: "step",
  });
}
