import type { Figure, Provenance } from "../../../figures/figure";
import type { Row } from "../../experiment";
import type { LanguagePreset } from "../preset";
import { figure13, figure14 } from "./ablations";
import { calibration, calibrationFigure } from "./calibration";
import { figure2, lossFigure } from "./figure2";
import { figure3 } from "./figure3";
import { variantsOf } from "./select";
import { histogramFigure, surprisalFigure } from "./spread";
import { table2, table2Figure } from "./table2";
import { grammarFigure, textFigure } from "./texts";

/** Figures 2, 3 and 9 to 14 and Table 2 of the paper, where the preset has them, and further ones. */
export function languageFigures(
  rows: readonly Row[],
  preset: LanguagePreset,
  provenance: Provenance,
): Figure[] {
  const has = (role: Parameters<typeof variantsOf>[1]) => variantsOf(preset, role).length > 0;
  const grammar = preset.task.data.dataset === "grammar";
  return [
    figure2(rows, preset, provenance),
    lossFigure(rows, preset, provenance),
    ...([3, 10, 11, 12] as const).map((number) => figure3(rows, preset, provenance, number)),
    ...(has("temperature") ? [figure13(rows, preset, provenance)] : []),
    ...(has("first-iteration") ? [figure14(rows, preset, provenance)] : []),
    ...(has("calibration") ? [calibrationFigure(rows, preset, provenance)] : []),
    table2Figure(rows, preset, provenance),
    textFigure(rows, preset, provenance),
    histogramFigure(rows, preset, provenance),
    ...(grammar ? [grammarFigure(rows, preset, provenance)] : []),
    // Models that have seen little produce no grammatical story: nothing to draw.
    ...(grammar && rows.some(({ kind, counts }) => kind === "surprisal" && counts !== "")
      ? [surprisalFigure(rows, preset, provenance)]
      : []),
  ];
}

export { calibration, table2 };
