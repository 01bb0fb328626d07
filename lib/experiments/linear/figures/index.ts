import type { Figure, Provenance } from "../../../figures/figure";
import type { Row } from "../../experiment";
import { type LinearPreset, variantOf, variantsFor } from "../preset";
import { variantRecords } from "../records";
import { boundFigure } from "./bound";
import { exploreFigure } from "./explore";
import { figure7 } from "./figure7";
import { figure16 } from "./figure16";
import { limitFigure } from "./limit";
import { slipsFigure } from "./slips";
import { subsampleFigure } from "./subsample";
import { sweepFigure } from "./sweep";
import { variantsFigure } from "./variants";

export { type AdjustableCondition, adjustableFigure } from "./adjustable";
export type { PanelOptions } from "./panels";
export {
  boundFigure,
  exploreFigure,
  figure7,
  figure16,
  limitFigure,
  slipsFigure,
  subsampleFigure,
  sweepFigure,
  variantsFigure,
};

/** All figures of the linear theory of which there are records. */
export function linearFigures(
  rows: readonly Row[],
  preset: LinearPreset,
  provenance: Provenance,
): Figure[] {
  const args = [rows, preset, provenance] as const;
  const drawn = (variant: string | undefined, ...figures: (() => Figure)[]) =>
    variantRecords(rows, { variant }).length > 0 ? figures.map((draw) => draw()) : [];
  const [variation, sweep, subsample] = (["variation", "sweep", "subsample"] as const).map(
    (role) => variantsFor(preset, role)[0]?.name,
  );
  return [
    ...drawn(variantOf(preset, "figure-07"), () => figure7(...args)),
    ...drawn(
      variantOf(preset, "figure-16"),
      () => figure16(...args),
      () => limitFigure(...args),
    ),
    boundFigure(provenance),
    ...drawn(variantOf(preset, "figure-16"), () => slipsFigure(...args)),
    ...drawn(variation, () => variantsFigure(...args)),
    ...drawn(sweep, () => sweepFigure(...args)),
    ...drawn(subsample, () => subsampleFigure(...args)),
  ];
}
