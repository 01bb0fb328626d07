import type { Figure, Provenance } from "../../../figures/figure";
import type { Row } from "../../experiment";
import type { LinearPreset } from "../preset";
import { errorPanels, type PanelOptions } from "./panels";

/** Figure 7: test error against iteration 1 … 10, Replace above Accumulate. */
export function figure7(
  rows: readonly Row[],
  preset: LinearPreset,
  provenance: Provenance,
  options: PanelOptions = {},
): Figure {
  const { data, layout, seeds } = errorPanels(
    rows,
    preset,
    {
      figure: "figure-07",
      title: "Linear regression: replacing adds error every round, accumulating stops",
      regimes: ["replace", "accumulate"],
      ticks: [1, 2, 4, 6, 8, 10],
      panelHeight: 270,
    },
    options,
  );
  return {
    name: "figure-07-linear-regression",
    data,
    layout,
    alt: "Test squared error of linear regression over ten model-fitting iterations. Under Replace it grows in proportion to the iteration for every sample size and noise level; under Accumulate it levels off below π²/6 times the first value.",
    provenance: { ...provenance, seeds },
  };
}
