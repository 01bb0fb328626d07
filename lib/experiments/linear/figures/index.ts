import type { Figure, Provenance } from "../../../figures/figure";
import type { Row } from "../../experiment";
import type { LinearPreset } from "../presets";
import { boundFigure } from "./bound";
import { figure7 } from "./figure7";
import { figure16 } from "./figure16";
import { limitFigure } from "./limit";
import { slipsFigure } from "./slips";
import { subsampleFigure } from "./subsample";
import { sweepFigure } from "./sweep";
import { variantsFigure } from "./variants";

export type { PanelOptions } from "./panels";
export {
  boundFigure,
  figure7,
  figure16,
  limitFigure,
  slipsFigure,
  subsampleFigure,
  sweepFigure,
  variantsFigure,
};

/** All figures of the linear theory, each with the seeds that it really shows. */
export function linearFigures(
  rows: readonly Row[],
  preset: LinearPreset,
  provenance: Provenance,
): Figure[] {
  const seeds = (count: number): Provenance => ({ ...provenance, seeds: seedList(count) });
  return [
    figure7(rows, seeds(preset.figure7.seeds)),
    figure16(rows, seeds(preset.figure16.seeds)),
    limitFigure(rows, seeds(preset.figure16.seeds)),
    boundFigure(provenance),
    slipsFigure(rows, seeds(preset.figure16.seeds)),
    variantsFigure(rows, seeds(preset.variants.seeds)),
    sweepFigure(rows, seeds(preset.sweep.seeds)),
    subsampleFigure(rows, seeds(preset.subsample.seeds)),
  ];
}

/** Seeds 0 … count−1. */
export function seedList(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}
