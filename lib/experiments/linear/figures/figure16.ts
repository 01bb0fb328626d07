import type { Figure, Provenance } from "../../../figures/figure";
import type { Row } from "../../experiment";
import type { LinearPreset } from "../preset";
import { errorPanels, type PanelOptions } from "./panels";

/** Figure 16: 200 iterations on a logarithmic error axis, Replace-Multiple in between. */
export function figure16(
  rows: readonly Row[],
  preset: LinearPreset,
  provenance: Provenance,
  options: PanelOptions = {},
): Figure {
  const { data, layout, seeds } = errorPanels(
    rows,
    preset,
    {
      figure: "figure-16",
      title: "Linear regression, long run: n, log n and a constant",
      regimes: ["replace", "replace-multiple", "accumulate"],
      ticks: [1, 50, 100, 150, 200],
      panelHeight: 250,
    },
    { log: true, ...options },
  );
  return {
    name: "figure-16-linear-regression-long",
    data,
    layout,
    alt: "Test squared error over 200 model-fitting iterations on a logarithmic axis. Replace keeps growing linearly, Replace-Multiple grows like the harmonic number, Accumulate is flat after a few iterations.",
    provenance: { ...provenance, seeds },
  };
}
