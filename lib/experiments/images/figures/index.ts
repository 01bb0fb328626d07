import type { Figure, Provenance } from "../../../figures/figure";
import type { Row } from "../../experiment";
import { aboutNetwork, describeVariant } from "../describe";
import { configOf, type ImagesPreset, type Variant } from "../preset";
import { distributionFigure } from "./distribution";
import { figure6, figure15 } from "./grids";
import { figure5, lossFigure, relativeLossFigure, varietyFigure } from "./loss";
import { wholeGrids } from "./wholeGrids";
import { wordsOf } from "./words";

/**
 * Figures 5, 6 and 15 of the paper and two that it does not have, of the main variant; the same of the
 * published network where the preset has it beside. Variants without records have no figures.
 */
export function imagesFigures(
  rows: readonly Row[],
  preset: ImagesPreset,
  provenance: Provenance,
): Figure[] {
  return preset.variants.flatMap((variant) => {
    const own = rows.filter((row) => row.variant === variant.name);
    const metrics = own.filter(({ kind }) => kind === "metrics");
    if (metrics.length === 0) return [];
    const { data, model } = configOf(preset, variant);
    const { family } = model;
    const words = wordsOf(variant);
    if (variant.role === "main")
      return [
        figure5(metrics, provenance, data.dataset === "own"),
        lossFigure(metrics, provenance, family),
        varietyFigure(metrics, provenance),
        ...distributionFigure(metrics, provenance, words),
        figure6(own, provenance),
        figure15(own, provenance),
        ...wholeGrids(own, provenance, words),
      ];
    const about: Provenance = { ...provenance, ...describeVariant(preset, variant) };
    return [
      relativeLossFigure(metrics, about, family, words),
      lossFigure(metrics, about, family, words),
      varietyFigure(metrics, about, words),
      ...distributionFigure(metrics, about, words),
      figure6(own, about, words),
      figure15(own, about, words),
      ...wholeGrids(own, about, words),
    ].map((figure) => ({ ...figure, alt: `${figure.alt} ${aboutOf(preset, variant, about)}` }));
  });
}

/** Network, data and difference from the paper as sentences. */
function aboutOf(preset: ImagesPreset, variant: Variant, { differs }: Provenance): string {
  const about = aboutNetwork(preset, variant);
  return differs ? `${about} Differs from the paper: ${differs}.` : about;
}

export { figure5, figure6, figure15, lossFigure, varietyFigure };
