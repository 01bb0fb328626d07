import type { LayoutAxis } from "plotly.js-dist";
import type { Figure } from "../../../figures/figure";

/**
 * The figure with ticks at 1, 2 and 5 of each decade on its logarithmic y axes: over one to three
 * decades, labels at all nine would overlap.
 */
export function withFewTicks(figure: Figure): Figure {
  const axes = Object.entries(figure.layout as Readonly<Record<string, Partial<LayoutAxis>>>)
    .filter(([key, axis]) => key.startsWith("yaxis") && axis.type === "log")
    .map(([key, axis]) => [key, { ...axis, dtick: "D2" }]);
  return { ...figure, layout: { ...figure.layout, ...Object.fromEntries(axes) } };
}
