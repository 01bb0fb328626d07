import type { Figure, Provenance } from "../../../figures/figure";
import { panelGrid } from "../../../figures/layout";
import { INK, MUTED, TAB10 } from "../../../figures/style";
import type { Row } from "../../experiment";
import { PRICES, priceList } from "../entries/priceList";
import { pointsOf } from "../points";
import type { AtlasPreset } from "../preset";

/** Every regime's price on one axis: measured and exact at its last iteration, and the limit. */
export function priceListFigure(
  rows: readonly Row[],
  preset: AtlasPreset,
  provenance: Provenance,
): Figure {
  const prices = PRICES.map((price, i) => {
    const points = pointsOf(rows, preset, priceList, priceList.curves[i]);
    return { ...price, last: points[points.length - 1] };
  });
  const names = prices.map(
    ({ label, last }) =>
      `${label}<br><span style="font-size:11px;color:${MUTED}">n = ${last.n}</span>`,
  );
  const grid = panelGrid({
    title: "What a regime costs an estimated mean",
    x: {
      title: "squared error ÷ that of one fit to real data",
      log: true,
      ticks: [0.5, 1, 2, 5, 10, 20],
    },
    y: { title: "" },
    panelHeight: 400,
    width: 580,
    legend: "",
    legendWidth: 0,
  });
  const place = grid.panel(0, 0);
  const marks = (name: string, x: (number | null)[], marker: object, more: object = {}) => ({
    ...{ type: "scatter" as const, mode: "markers" as const, name, x, y: names, marker },
    ...place,
    ...more,
  });
  const limits = prices.map(({ limit }) => (Number.isFinite(limit) ? limit : null));
  const yaxis = grid.layout.yaxis ?? {};
  return {
    name: "atlas-prices",
    data: [
      marks("limit", limits, { symbol: "diamond-open", size: 13, color: MUTED }),
      marks(
        "exact",
        prices.map(({ last }) => last.exact),
        {
          ...{ symbol: "line-ns-open", size: 20, color: INK, line: { width: 2 } },
        },
      ),
      marks(
        "measured",
        prices.map(({ last }) => last.mean),
        { size: 9, color: TAB10[0] },
        {
          error_x: {
            ...{ type: "data", symmetric: false, color: TAB10[0], thickness: 1.5 },
            array: prices.map(({ last }) => last.high - last.mean),
            arrayminus: prices.map(({ last }) => last.mean - last.low),
          },
        },
      ),
    ] as Figure["data"],
    layout: {
      ...grid.layout,
      margin: { ...grid.layout.margin, l: 190, t: 84 },
      legend: {
        ...{ orientation: "h", x: 0, y: 1.01, xanchor: "left", yanchor: "bottom" },
        font: { size: 13 },
      },
      yaxis: { ...yaxis, autorange: "reversed", tickfont: { size: 14 } },
      shapes: [
        {
          ...{ type: "line", xref: "x", yref: "paper", x0: 1, x1: 1, y0: 0, y1: 1 },
          line: { color: INK, width: 1.2, dash: "dot" },
        },
      ],
    },
    alt: `Squared error of an estimated mean in multiples of one fit (dotted: real data alone). ${prices
      .map(
        ({ label, last, limit }) =>
          `${label}: ${last.mean.toFixed(2)} measured, ${last.exact.toFixed(2)} exact at iteration ${last.n}, ${Number.isFinite(limit) ? `limit ${limit.toFixed(3)}` : "no limit"}`,
      )
      .join("; ")}.`,
    provenance,
  };
}
