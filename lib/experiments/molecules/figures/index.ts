import type { Figure, Provenance } from "../../../figures/figure";
import type { Row } from "../../../metrics/row";
import { type MoleculesPreset, readingsOf, trainingsOf } from "../preset";
import { conformerFigure, conformerScenes, type SceneOptions } from "./conformers";
import { levelsFigure, thresholdsFigure } from "./curves";
import { figure4, partsFigure, relativeFigure, stepsFigure, trainingFigure } from "./loss";
import { coverageFigure, geometryFigure, soundnessFigure } from "./quality";

/** Figure 4 of the paper and what it does not show. */
export function moleculesFigures(
  rows: readonly Row[],
  preset: MoleculesPreset,
  provenance: Provenance,
): Figure[] {
  return [
    figure4(rows, preset, provenance),
    relativeFigure(rows, preset, provenance),
    ...(readingsOf(preset).length > 1 ? [stepsFigure(rows, preset, provenance)] : []),
    ...(trainingsOf(preset).length > 0 ? [trainingFigure(rows, preset, provenance)] : []),
    partsFigure(rows, preset, provenance),
    levelsFigure(rows, preset, provenance),
    conformerFigure(rows, preset, provenance),
    coverageFigure(rows, preset, provenance),
    thresholdsFigure(rows, preset, provenance),
    geometryFigure(rows, preset, provenance),
    soundnessFigure(rows, preset, provenance),
  ];
}

export {
  conformerFigure,
  conformerScenes,
  coverageFigure,
  figure4,
  geometryFigure,
  levelsFigure,
  partsFigure,
  relativeFigure,
  type SceneOptions,
  soundnessFigure,
  stepsFigure,
  thresholdsFigure,
  trainingFigure,
};
