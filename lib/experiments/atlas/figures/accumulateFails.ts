import type { Figure, Provenance } from "../../../figures/figure";
import { panelGrid } from "../../../figures/layout";
import { TAB10 } from "../../../figures/style";
import { band, line, type Panel, reference, theory } from "../../../figures/traces";
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
    curves: [{ entry: gaussianVariance, id: "accumulate", name: "τ = 1" }],
  },
  {
    title: "Biased sampling",
    y: "variance",
    truth: 1,
    curves: [
      { entry: temperature, id: "accumulate-0.7", name: "τ = 0.7" },
      { entry: temperature, id: "accumulate-0.3", name: "τ = 0.3" },
    ],
  },
  {
    title: "A family without smoothness",
    y: "share of chains collapsed",
    truth: 0,
    curves: [{ entry: outlier, id: "T-100", name: "Barzilai–Shamir" }],
  },
  {
    title: "A verifier that is off",
    y: "mean (verifier at 0.5)",
    truth: 0,
    curves: [{ entry: verifier, id: "accumulate", name: "verified" }],
  },
];

/** When does accumulating fail? Everything here keeps all data. */
export function accumulateFailsFigure(
  rows: readonly Row[],
  preset: AtlasPreset,
  provenance: Provenance,
): Figure {
  const grid = panelGrid({
    ...{ title: "When does accumulating fail?", columns: 2, rows: 2, columnTitles: ["", ""] },
    ...{ x: { title: "model-fitting iteration" }, y: { title: "" }, shareY: "none" },
    ...{ panelHeight: 250, width: 660, legend: null },
  });
  const panels = CASES.map((one, i) => panelOf(one, i, rows, preset, grid.panel(i >> 1, i % 2)));
  const layout = grid.layout as Record<string, object>;
  const axes = panels.flatMap(({ place, y, last }, i) => {
    const [x, vertical] = [place.xaxis.replace("x", "xaxis"), place.yaxis.replace("y", "yaxis")];
    const { matches: _, ...horizontal } = layout[x] as { matches?: string };
    return [
      [x, { ...horizontal, showticklabels: true, ...(last <= 6 ? { dtick: 1 } : {}) }],
      [
        vertical,
        {
          ...layout[vertical],
          title: { text: y, font: { size: 13 }, standoff: 4 },
          rangemode: "tozero",
          // Room for the titles of the lower panels.
          domain: i < 2 ? [0.6, 1] : [0, 0.4],
        },
      ],
    ];
  });
  return {
    name: "atlas-when-accumulating-fails",
    data: panels.flatMap(({ data }) => data),
    layout: {
      ...grid.layout,
      ...Object.fromEntries(axes),
      annotations: panels.flatMap(({ notes }) => notes),
    } as Figure["layout"],
    alt: `Everything here keeps all data; dashes are exact, dots the truth. ${panels.map(({ words }) => words).join("; ")}. Misspecified models are not among them.`,
    provenance,
  };
}

/** The traces, title and labels of a case, and its ends in words. */
function panelOf(
  { title, y, truth, curves }: Case,
  i: number,
  rows: readonly Row[],
  preset: AtlasPreset,
  place: Panel,
) {
  const drawn = curves.map(({ entry, id, name }, k) => {
    const curve = entry.curves.find((one) => one.id === id)!;
    const points = pointsOf(rows, preset, entry, curve);
    return {
      name,
      points,
      colour: TAB10[(i + 4 * k) % TAB10.length],
      last: points[points.length - 1],
    };
  });
  const last = Math.max(...drawn.map(({ last: { n } }) => n));
  const data = drawn.flatMap(({ name, points, colour }) => {
    const x = points.map(({ n }) => n);
    const bounds = { low: points.map(({ low }) => low), high: points.map(({ high }) => high) };
    return [
      band({ x, ...bounds, colour, name }, place),
      line({ x, y: points.map(({ mean }) => mean), colour, name }, place),
      theory({ x, y: points.map(({ exact }) => exact), name }, place),
    ];
  });
  const inside = { xref: `${place.xaxis} domain`, yref: `${place.yaxis} domain`, showarrow: false };
  const labels = drawn.map(({ name, colour, last: end }) => ({
    ...{
      text: name,
      x: end.n,
      y: end.mean,
      xref: place.xaxis,
      yref: place.yaxis,
      showarrow: false,
    },
    ...{ xanchor: "right", yanchor: "bottom", yshift: 4, font: { size: 13, color: colour } },
  }));
  const heading = { x: 0.5, y: 1.03, xanchor: "center", yanchor: "bottom", font: { size: 13.5 } };
  return {
    ...{ place, y, last },
    data: [...data, reference({ x: [1, last], y: [truth, truth], name: "truth" }, place)],
    notes: [{ text: `<b>${title}</b>`, ...inside, ...heading }, ...labels],
    words: drawn
      .map(
        ({ name, last: { n, mean, exact } }) =>
          `${title}, ${name}: ${mean.toPrecision(3)} at iteration ${n}, exact ${exact.toPrecision(3)}`,
      )
      .join("; "),
  };
}
