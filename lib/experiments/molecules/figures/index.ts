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
  made: Provenance,
): Figure[] {
  return [
    figure4(rows, preset, made),
    relativeFigure(rows, preset, made),
    ...(readingsOf(preset).length > 1 ? [stepsFigure(rows, preset, made)] : []),
    ...(trainingsOf(preset).length > 0 ? [trainingFigure(rows, preset, made)] : []),
    partsFigure(rows, preset, made),
    levelsFigure(rows, preset, made),
    conformerFigure(rows, preset, made),
    coverageFigure(rows, preset, made),
    thresholdsFigure(rows, preset, made),
    geometryFigure(rows, preset, made),
    soundnessFigure(rows, preset, made),
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
