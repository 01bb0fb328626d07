import type { Layout, LayoutAxis } from "plotly.js-dist";
import type { Figure, Provenance } from "../../../figures/figure";
import { panelGrid } from "../../../figures/layout";
import { ramp } from "../../../figures/style";
import { line } from "../../../figures/traces";
import {
  accumulateBound,
  accumulateError,
  accumulateFreshError,
  curve,
  oneFitError,
} from "../../../theory/index";
import { compact } from "./compact";
import { guide } from "./guide";

const ITERATIONS = 1000;
const D = 10;
const ITEMS = [12, 15, 30, 100] as const;

/**
 * Exact against bound: how much of Theorem 2's bound is used up, for the paper's fixed X (the same
 * at every d/T) and for a fresh X in each round, where the bound is loose at small T. Closed forms
 * only.
 */
export function boundFigure(provenance: Provenance): Figure {
  const grid = panelGrid({
    title: "Exact error against the bound of Theorem 2",
    columns: 2,
    columnTitles: ["exact ÷ bound", "1 − exact ÷ bound"],
    shareY: "none",
    x: { title: "iteration", log: true },
    y: { title: "" },
    panelHeight: 330,
    legend: "",
    legendWidth: 190,
    width: 1060,
  });
  // Evenly spread on the logarithmic axis.
  const steps = Array.from({ length: 90 }, (_, i) => Math.round(ITERATIONS ** (i / 89)));
  const x = [...new Set(steps)];
  const at = (errors: readonly number[]) => x.map((n) => errors[n - 1]);
  const colours = ramp("copper", ITEMS.length + 1);
  const bound = accumulateBound({ d: D, T: 100, sigma2: 1 });
  const fixed = curve(accumulateError, { d: D, T: 100, sigma2: 1 }, ITERATIONS);
  const curves = [
    { name: "fixed X, any T", ratio: at(fixed).map((e) => e / bound), colour: "#1f77b4" },
    ...ITEMS.map((T, i) => {
      const condition = { d: D, T, sigma2: 1 };
      const limit = accumulateBound(condition);
      const fresh = curve(accumulateFreshError, condition, ITERATIONS);
      const ratio = at(fresh).map((e) => e / limit);
      return { name: `fresh X, T = ${T}`, ratio, colour: colours[i] };
    }),
  ];
  const left = grid.panel(0, 0);
  const right = grid.panel(0, 1);
  const gapPerRound = oneFitError({ d: D, T: 100, sigma2: 1 }) / bound;
  const layout = grid.layout as Partial<Layout> & { yaxis2?: Partial<LayoutAxis> };
  const log: Partial<LayoutAxis> = { type: "log", tickformat: "~g" };
  return {
    name: "linear-exact-versus-bound",
    data: compact([
      ...curves.map(({ name, ratio, colour }) => line({ x, y: ratio, colour, name }, left)),
      ...curves.map(({ name, ratio, colour }) =>
        line({ x, y: ratio.map((r) => 1 - r), colour, name, legend: false }, right),
      ),
      guide({ x, y: x.map((n) => gapPerRound / n), colour: "#222222", name: "6/(π² n)" }, right),
    ]),
    layout: { ...layout, yaxis2: { ...layout.yaxis2, ...log } },
    alt: "Left: the exact test error of Accumulate as a share of its bound; with a fixed X it starts at 0.61 and tends to 1, with a fresh X in each round it stays lower, the more so the fewer items. Right: the distance to the bound with a fixed X falls like 6/(π² n).",
    provenance: { ...provenance, dataset: `closed forms, d = ${D}`, seeds: [], differs: "" },
  };
}
