import type { Figure, Provenance } from "../../../figures/figure";
import type { Row } from "../../../metrics/row";
import { type MoleculesPreset, samplerVariantsOf, trainingVariantsOf } from "../preset";
import { conformerFigure, conformerScenes, type SceneOptions } from "./conformers";
import { levelsFigure, thresholdsFigure } from "./curves";
import { figure4, partsFigure, relativeFigure, samplerFigure, trainingFigure } from "./loss";
import { coverageFigure, geometryFigure, soundnessFigure } from "./quality";

/** Figure 4 of the paper, and what it does not show. */
export function moleculesFigures(
  rows: readonly Row[],
  preset: MoleculesPreset,
  provenance: Provenance,
): Figure[] {
  return [
    figure4(rows, preset, provenance),
    relativeFigure(rows, preset, provenance),
    ...(samplerVariantsOf(preset).length > 1 ? [samplerFigure(rows, preset, provenance)] : []),
    ...(trainingVariantsOf(preset).length > 0 ? [trainingFigure(rows, preset, provenance)] : []),
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
  samplerFigure,
  soundnessFigure,
  thresholdsFigure,
  trainingFigure,
};
