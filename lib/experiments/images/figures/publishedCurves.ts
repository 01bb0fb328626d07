import type { PublishedCurve } from "../../../figures/curves";
import { FIGURE_5 } from "../published";

/** The curves of Figure 5 from iteration 0 to `last`, one per regime. */
export const publishedCurves = (last: number): PublishedCurve[] =>
  Object.entries(FIGURE_5).map(([regime, losses]) => ({
    panel: regime,
    series: regime,
    x: losses.slice(0, last + 1).map((_, iteration) => iteration),
    y: losses.slice(0, last + 1),
  }));
