import type { Figure, Provenance } from "../../../figures/figure";
import { panelGrid } from "../../../figures/layout";
import { INK, MUTED, regimeColour, regimeLabel } from "../../../figures/style";
import { band, line, published } from "../../../figures/traces";
import {
  curve,
  oneFitError,
  publishedReplaceLine,
  publishedReplaceMultipleLine,
  replaceError,
  replaceMultipleError,
} from "../../../theory/index";
import type { Row } from "../../experiment";
import { type LinearPreset, variantOf } from "../preset";
import { publishedPoints } from "../published";
import { variantRecords } from "../records";
import { compact } from "./compact";
import { guide } from "./guide";
import { pooledRatios } from "./pooled";
import { seedsOf } from "./seedList";

const SHOWN = 10;
const LINES = {
  replace: { exact: replaceError, drawn: publishedReplaceLine, names: ["n v", "(n+1) v"] },
  "replace-multiple": {
    exact: replaceMultipleError,
    drawn: publishedReplaceMultipleLine,
    names: ["H<sub>n</sub> v", "ln(n+1) v"],
  },
} as const;

/**
 * The two slips in the dashed lines of the published Figures 7 and 16. Replace is drawn as (n+1) v:
 * it counts generator rounds from 0 on an axis that counts fits from 1. Replace-Multiple is drawn
 * as v ln(n+1) instead of v Hₙ. Measured means, published ones too, follow the exact forms.
 */
export function slipsFigure(
  rows: readonly Row[],
  preset: LinearPreset,
  provenance: Provenance,
): Figure {
  const variant = variantOf(preset, "figure-16");
  const regimes = ["replace", "replace-multiple"] as const;
  const grid = panelGrid({
    title:
      "Two published dashed lines are not the theory; measurements follow it, the published ones too",
    columns: 2,
    columnTitles: regimes.map(regimeLabel),
    shareY: "none",
    x: { title: "iteration" },
    y: { title: "test error ÷ error of one fit (v)" },
    panelHeight: 340,
    legend: "",
    legendWidth: 210,
    width: 1060,
  });
  const data = regimes.flatMap((regime, column) => {
    const panel = grid.panel(0, column);
    const { exact, drawn, names } = LINES[regime];
    const colour = regimeColour(regime);
    const records = variantRecords(rows, { variant, regime });
    const { d, T, sigma2 } = records[0];
    const v = oneFitError({ d, T, sigma2 });
    const pooled = pooledRatios(records.filter((r) => r.iteration <= SHOWN));
    const x = pooled.map((p) => p.iteration);
    const ratios = (of: typeof exact) => curve(of, { d, T, sigma2 }, x.length).map((e) => e / v);
    const points = publishedPoints({ figure: "figure-16", regime });
    const means = points.filter(({ iteration }) => iteration <= SHOWN);
    const name = `measured, ${regimeLabel(regime)}`;
    return [
      band(
        { x, low: pooled.map((p) => p.low), high: pooled.map((p) => p.high), colour, name },
        panel,
      ),
      line({ x, y: pooled.map((p) => p.mean), colour, name }, panel),
      guide({ x, y: ratios(exact), colour: INK, name: `exact: ${names[0]}` }, panel),
      guide(
        { x, y: ratios(drawn), colour: MUTED, name: `as published: ${names[1]}` },
        panel,
        "dot",
      ),
      published(
        {
          x: means.map((p) => p.iteration),
          y: means.map((p) => p.value / oneFitError({ ...p, d })),
          colour,
          legend: column === 0,
        },
        panel,
      ),
    ];
  });
  return {
    name: "linear-published-slips",
    data: compact(data),
    layout: grid.layout,
    alt: "Measured and published means of the test error over the first ten iterations follow n v under Replace and the harmonic numbers under Replace-Multiple; the dashed lines drawn in the publication, (n+1) v and v ln(n+1), do not.",
    provenance: { ...provenance, seeds: seedsOf(variantRecords(rows, { variant })) },
  };
}
