import type { Figure, Provenance } from "../../../figures/figure";
import { regimeLabel } from "../../../figures/style";
import type { Row } from "../../experiment";
import type { LanguagePreset, Variant } from "../preset";
import { FIGURE_9, FIGURE_9_EPOCHS } from "../published";
import { type LearningPanel, learningCurves, type PublishedLearning } from "./learning";
import { comparable, distinct, rowsOf, variantsOf } from "./select";

interface View {
  readonly figure: string;
  readonly file: string;
  readonly x: "epoch" | "step";
  readonly log: boolean;
}

const VIEWS = {
  3: { figure: "Figures 3 and 9", file: "figure-03-learning-curves", x: "epoch", log: false },
  10: { figure: "Figure 10", file: "figure-10-learning-curves-log", x: "epoch", log: true },
  11: { figure: "Figure 11", file: "figure-11-learning-curves-steps", x: "step", log: false },
  12: { figure: "Figure 12", file: "figure-12-learning-curves-steps-log", x: "step", log: true },
} as const satisfies Record<number, View>;

/**
 * Figures 3 and 9 to 12: test cross-entropy during training, rows = models, columns = regimes,
 * against epochs or gradient steps, on linear or logarithmic axes.
 */
export function figure3(
  rows: readonly Row[],
  preset: LanguagePreset,
  provenance: Provenance,
  number: keyof typeof VIEWS = 3,
): Figure {
  const { figure, file, x, log } = VIEWS[number];
  const variants = variantsOf(preset, "model");
  const selected = rowsOf(rows, "curve", variants);
  const regimes = distinct(selected, "regime");
  return learningCurves({
    name: file,
    title: `${figure}: learning curves against ${x === "epoch" ? "epochs" : "gradient steps"}${log ? ", both axes logarithmic" : ""}`,
    alt: `Test cross-entropy during training against ${x === "epoch" ? "epochs" : "gradient steps"}, one colour per model-fitting iteration.`,
    provenance,
    rowTitles: variants.map(({ label }) => label),
    columnTitles: regimes.map(regimeLabel),
    panel: (row, column) => ({
      ...learningPanel(selected, variants[row], regimes[column]),
      ...(x === "epoch" && comparable(preset)
        ? { published: publishedLearning(variants[row], regimes[column]) }
        : {}),
    }),
    x,
    log,
  });
}

/** The curve rows of one variant and regime. */
export function learningPanel(
  rows: readonly Row[],
  variant: Variant,
  regime: string,
): LearningPanel {
  return { rows: rows.filter((r) => r.variant === variant.name && r.regime === regime) };
}

function publishedLearning({ published }: Variant, regime: string): PublishedLearning[] {
  const curves = FIGURE_9[published ?? ""]?.[regime] ?? [];
  return curves.map((y, i) => ({ iteration: i + 1, x: FIGURE_9_EPOCHS, y }));
}
