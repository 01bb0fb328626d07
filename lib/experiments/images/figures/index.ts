import type { Figure, Provenance } from "../../../figures/figure";
import type { Row } from "../../experiment";
import { MAIN } from "../../preset";
import type { ImagesPreset } from "../preset";
import { figure6, figure15 } from "./grids";
import { figure5, lossFigure, varietyFigure } from "./loss";

/** Figures 5, 6 and 15 of the paper and two that it does not have. */
export function imagesFigures(
  all: readonly Row[],
  { task }: ImagesPreset,
  provenance: Provenance,
): Figure[] {
  const rows = all.filter(({ variant }) => variant === MAIN);
  const metrics = rows.filter((row) => row.kind === "metrics");
  return [
    figure5(metrics, provenance),
    lossFigure(metrics, provenance, task.model.family),
    varietyFigure(metrics, provenance),
    figure6(rows, provenance),
    figure15(rows, provenance),
  ];
}

export { figure5, figure6, figure15, lossFigure, varietyFigure };
