import type { Figure, Provenance } from "../../../figures/figure";
import { regimeLabel } from "../../../figures/style";
import type { Row } from "../../experiment";
import type { LanguagePreset } from "../preset";
import { learningPanel } from "./figure3";
import { learningCurves } from "./learning";
import { distinct, rowsOf, seedsOf, variantsOf } from "./select";

/** Figure 13: learning curves at a low temperature next to temperature 1, rows = regimes. */
export function figure13(
  rows: readonly Row[],
  preset: LanguagePreset,
  provenance: Provenance,
): Figure {
  const cold = variantsOf(preset, "temperature");
  const { temperature } = preset.task.sampling;
  const main = { ...preset.variants[0], label: `temperature ${temperature}` };
  const regimes = distinct(rowsOf(rows, "curve", cold), "regime");
  const variants = [...cold, main];
  const selected = rowsOf(rows, "curve", variants);
  return learningCurves({
    name: "figure-13-temperature",
    title: "Figure 13: sampling at a low temperature",
    alt: `Learning curves with stories sampled at ${variants.map(({ label }) => label).join(" and ")}: one colour per iteration, one row per regime.`,
    provenance: { ...provenance, seeds: seedsOf(selected) },
    rowTitles: regimes.map(regimeLabel),
    columnTitles: variants.map(({ label }) => label),
    panel: (row, column) => learningPanel(selected, variants[column], regimes[row]),
    x: "epoch",
  });
}

/** Figure 14: length of the first model's training = columns, regimes = rows. */
export function figure14(
  rows: readonly Row[],
  preset: LanguagePreset,
  provenance: Provenance,
): Figure {
  const variants = variantsOf(preset, "first-iteration");
  const selected = rowsOf(rows, "curve", variants);
  const regimes = distinct(selected, "regime");
  return learningCurves({
    name: "figure-14-first-iteration",
    title: "Figure 14: quality of the first model",
    alt: `Learning curves when the first model was trained on ${variants.map(({ label }) => label).join(", ")}: one colour per iteration, one row per regime.`,
    provenance: { ...provenance, seeds: seedsOf(selected) },
    rowTitles: regimes.map(regimeLabel),
    columnTitles: variants.map(({ label }) => label),
    panel: (row, column) => learningPanel(selected, variants[column], regimes[row]),
    x: "epoch",
  });
}
