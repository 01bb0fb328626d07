import type { Figure, Provenance } from "../../../figures/figure";
import { panelGrid } from "../../../figures/layout";
import { ramp, regimeLabel } from "../../../figures/style";
import { band, legendKey, legendOnce, theory } from "../../../figures/traces";
import type { Row } from "../../experiment";
import { expectedError } from "../expected";
import { distinct, select } from "../records";
import { compact } from "./compact";
import { thinLine } from "./guide";

/**
 * The sequel's sweep (Kazdan et al., appendix figures on linear regression): rows = regimes,
 * columns = d, colour = T. Errors are divided by σ², to which they are proportional, so that the
 * noise levels lie on each other: one line each.
 */
export function sweepFigure(rows: readonly Row[], provenance: Provenance): Figure {
  const records = select(rows, { part: "sweep" });
  const regimes = distinct(records, "regime");
  const dimensions = distinct(records, "d");
  const items = [...distinct(records, "T")].sort((a, b) => a - b);
  const noises = distinct(records, "sigma2");
  const colours = ramp("mako", items.length);
  // A mean with a heavy tail can have an interval that reaches below zero; it is cut at the axis.
  const means = records.map((r) => r.mean / r.sigma2);
  const floor = Math.min(...means) / 2;
  const ceiling = Math.max(...means) * 2;
  const grid = panelGrid({
    title: "Every size and noise level: replace grows, accumulate stops, subsample lies between",
    rows: regimes.length,
    columns: dimensions.length,
    rowTitles: regimes.map(regimeLabel),
    columnTitles: dimensions.map((d) => `d = ${d}`),
    x: { title: "iteration", log: true, ticks: [1, 3, 10, 30, 100] },
    y: { title: "test error ÷ σ²", log: true, range: [floor, ceiling] },
    panelHeight: 230,
    legend: "items per round",
    legendWidth: 160,
    width: 1140,
  });
  const data = regimes.flatMap((regime, row) =>
    dimensions.flatMap((d, column) =>
      items.flatMap((T, hue) =>
        noises.flatMap((sigma2, level) => {
          const own = records.filter(
            (r) => r.regime === regime && r.d === d && r.T === T && r.sigma2 === sigma2,
          );
          if (own.length === 0) return [];
          const panel = grid.panel(row, column);
          const series = { x: own.map((r) => r.iteration), colour: colours[hue], name: `T = ${T}` };
          const scaled = (of: (r: (typeof own)[number]) => number) =>
            own.map((r) => of(r) / sigma2);
          const low = scaled((r) => r.low);
          const high = scaled((r) => r.high);
          const measured = thinLine({ ...series, y: scaled((r) => r.mean) }, panel);
          return [
            band({ ...series, low, high, floor }, panel),
            measured,
            ...(level === 0
              ? [theory({ x: series.x, y: scaled(expectedError), name: series.name }, panel)]
              : []),
          ];
        }),
      ),
    ),
  );
  return {
    name: "linear-sweep",
    data: compact(legendOnce([...data, legendKey("theory", grid.panel(0, 0))])),
    layout: grid.layout,
    alt: "Test error divided by the noise variance against iteration for five input dimensions and up to five sample sizes. Replace grows linearly, Accumulate levels off at 1.64, Accumulate-Subsample at about 2.9 times the error of one fit; at few items per dimension the subsample lies above its leading-order theory.",
    provenance,
  };
}
