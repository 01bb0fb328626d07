import type { Figure, Provenance } from "../../../figures/figure";
import { panelGrid } from "../../../figures/layout";
import { TAB10 } from "../../../figures/style";
import { band, legendKey, legendOnce, line, reference, theory } from "../../../figures/traces";
import type { Row } from "../../experiment";
import type { Entry } from "../entries/entry";
import { gaussianVariance } from "../entries/gaussianVariance";
import { outlier } from "../entries/outlier";
import { temperature } from "../entries/temperature";
import { verifier } from "../entries/verifier";
import { pointsOf } from "../points";
import type { AtlasPreset } from "../preset";

interface Case {
  readonly title: string;
  readonly y: string;
  readonly truth: number;
  readonly curves: readonly { readonly entry: Entry; readonly id: string; readonly name: string }[];
}

const CASES: readonly Case[] = [
  {
    title: "Honest sampling: it does not",
    y: "variance",
    truth: 1,
    curves: [{ entry: gaussianVariance, id: "accumulate", name: "Gaussian, τ = 1, T = 10" }],
  },
  {
    title: "Biased sampling",
    y: "variance",
    truth: 1,
    curves: [
      { entry: temperature, id: "accumulate-0.7", name: "Gaussian, τ = 0.7" },
      { entry: temperature, id: "accumulate-0.3", name: "Gaussian, τ = 0.3" },
    ],
  },
  {
    title: "A family without smoothness",
    y: "share of chains that collapsed",
    truth: 0,
    curves: [{ entry: outlier, id: "T-100", name: "Barzilai–Shamir, T = 100" }],
  },
  {
    title: "A verifier that is off",
    y: "mean (verifier at 0.5)",
    truth: 0,
    curves: [{ entry: verifier, id: "accumulate", name: "samples verified" }],
  },
];

/** When does accumulating fail? Everything here keeps all data. */
export function accumulateFailsFigure(
  rows: readonly Row[],
  preset: AtlasPreset,
  provenance: Provenance,
): Figure {
  const grid = panelGrid({
    title: "When does accumulating fail?",
    columns: 2,
    rows: 2,
    columnTitles: ["", ""],
    x: { title: "model-fitting iteration" },
    y: { title: "" },
    shareY: "none",
    panelHeight: 270,
    width: 860,
    legend: "",
    legendWidth: 200,
  });
  const words: string[] = [];
  const data = CASES.flatMap(({ curves, truth }, i) => {
    const place = grid.panel(Math.floor(i / 2), i % 2);
    const drawn = curves.flatMap(({ entry, id, name }, k) => {
      const curve = entry.curves.find((one) => one.id === id)!;
      const points = pointsOf(rows, preset, entry, curve);
      const last = points[points.length - 1];
      words.push(
        `${name}: ${last.mean.toPrecision(3)} at iteration ${last.n}, exact ${last.exact.toPrecision(3)}`,
      );
      const colour = TAB10[(i + 4 * k) % TAB10.length];
      const x = points.map(({ n }) => n);
      const bounds = { low: points.map(({ low }) => low), high: points.map(({ high }) => high) };
      return [
        band({ x, ...bounds, colour, name }, place),
        line({ x, y: points.map(({ mean }) => mean), colour, name }, place),
        theory({ x, y: points.map(({ exact }) => exact), name }, place),
      ];
    });
    const ends = [1, Math.max(...drawn.flatMap((trace) => (trace as { x: number[] }).x))];
    return [...drawn, reference({ x: ends, y: [truth, truth], name: "truth" }, place)];
  });
  const axes = Object.fromEntries(
    CASES.flatMap(({ y }, i) => {
      const { yaxis, xaxis } = grid.panel(Math.floor(i / 2), i % 2);
      const layout = grid.layout as Record<string, object>;
      const key = yaxis.replace("y", "yaxis");
      return [
        [
          key,
          {
            ...layout[key],
            title: { text: y, font: { size: 14 }, standoff: 6 },
            rangemode: "tozero",
          },
        ],
        [
          xaxis.replace("x", "xaxis"),
          { ...layout[xaxis.replace("x", "xaxis")], matches: undefined, showticklabels: true },
        ],
      ] as const;
    }),
  );
  const titles = CASES.map(({ title }, i) => {
    const { xaxis, yaxis } = grid.panel(Math.floor(i / 2), i % 2);
    return {
      ...{
        text: `<b>${title}</b>`,
        showarrow: false,
        xref: `${xaxis} domain`,
        yref: `${yaxis} domain`,
      },
      ...{ x: 0.5, y: 1.02, xanchor: "center", yanchor: "bottom", font: { size: 14 } },
    };
  });
  return {
    name: "atlas-when-accumulating-fails",
    data: legendOnce([...data, { ...legendKey("theory", grid.panel(0, 0)), name: "exact" }]),
    layout: { ...grid.layout, ...axes, annotations: titles } as Figure["layout"],
    alt: `Everything here keeps all data. ${words.join("; ")}. Misspecified models are not among them.`,
    provenance,
  };
}
