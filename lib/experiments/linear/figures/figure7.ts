import type { Figure, Provenance } from "../../../figures/figure";
import type { Row } from "../../experiment";
import { distinct, select } from "../records";
import { errorPanels, type PanelOptions } from "./panels";

/** Figure 7: test error against iteration 1 … 10, Replace above Accumulate. */
export function figure7(
  rows: readonly Row[],
  provenance: Provenance,
  options: PanelOptions = {},
): Figure {
  const d = distinct(select(rows, { part: "figure-07" }), "d").join(", ");
  const { data, layout } = errorPanels(
    rows,
    {
      part: "figure-07",
      title: `Linear regression: replacing adds error every round, accumulating stops (d = ${d}, no ridge)`,
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
    provenance,
  };
}
