import type { Figure, Provenance } from "../../../figures/figure";
import type { Row } from "../../experiment";
import type { ImagesPreset } from "../presets";
import { figure6, figure15 } from "./grids";
import { figure5, lossFigure, varietyFigure } from "./loss";

/** Figures 5, 6 and 15 of the paper and two that it does not have. */
export function imagesFigures(
  rows: readonly Row[],
  _preset: ImagesPreset,
  made: Provenance,
): Figure[] {
  const metrics = rows.filter((row) => row.measure === "metrics");
  return [
    figure5(metrics, made),
    lossFigure(metrics, made),
    varietyFigure(metrics, made),
    figure6(rows, made),
    figure15(rows, made),
  ];
}

export { figure5, figure6, figure15, lossFigure, varietyFigure };
