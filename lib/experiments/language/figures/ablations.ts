import type { Figure, Provenance } from "../../../figures/figure";
import { regimeLabel } from "../../../figures/style";
import type { Row } from "../../experiment";
import type { LanguagePreset } from "../preset";
import { learningPanel } from "./figure3";
import { learningCurves } from "./learning";
import { distinct, rowsOf, seedsOf, variantsOf } from "./select";

/** Figure 13: learning curves at a low temperature beside temperature 1, rows = regimes. */
export function figure13(
  rows: readonly Row[],
  preset: LanguagePreset,
  provenance: Provenance,
): Figure {
  const cold = variantsOf(preset, "temperature");
  const main = { ...preset.variants[0], label: "temperature 1" };
  const regimes = distinct(rowsOf(rows, "curve", cold), "regime");
  const variants = [...cold, main];
  const own = rowsOf(rows, "curve", variants);
  return learningCurves({
    name: "figure-13-temperature",
    title: "Figure 13: sampling at a low temperature",
    alt: "Learning curves with stories sampled at temperature 0.3 and 1: each colour an iteration, each row a regime.",
    provenance: { ...provenance, seeds: seedsOf(own) },
    rowTitles: regimes.map(regimeLabel),
    columnTitles: variants.map(({ label }) => label),
    panel: (row, column) => learningPanel(own, variants[column], regimes[row]),
    x: "epoch",
  });
}

/** Figure 14: how long the first model was trained, columns; regimes, rows. */
export function figure14(
  rows: readonly Row[],
  preset: LanguagePreset,
  provenance: Provenance,
): Figure {
  const variants = variantsOf(preset, "first-iteration");
  const own = rowsOf(rows, "curve", variants);
  const regimes = distinct(own, "regime");
  return learningCurves({
    name: "figure-14-first-iteration",
    title: "Figure 14: quality of the first model",
    alt: "Learning curves of iterations 1 to 3 when the first model was trained for a quarter, half or the whole of an epoch: a worse first model does not change the picture.",
    provenance: { ...provenance, seeds: seedsOf(own) },
    rowTitles: regimes.map(regimeLabel),
    columnTitles: variants.map(({ label }) => label),
    panel: (row, column) => learningPanel(own, variants[column], regimes[row]),
    x: "epoch",
  });
}
