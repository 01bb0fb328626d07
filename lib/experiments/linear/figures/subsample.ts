import type { Figure, Provenance } from "../../../figures/figure";
import { panelGrid } from "../../../figures/layout";
import { INK, ramp } from "../../../figures/style";
import { line } from "../../../figures/traces";
import { oneFitError, subsampleError } from "../../../theory/index";
import type { Row } from "../../experiment";
import { type LinearPreset, variantsFor } from "../preset";
import { distinct, type LinearRecord, variantRecords } from "../records";
import { compact } from "./compact";
import { bandIfAny, guide } from "./guide";
import { seedsOf } from "./seedList";

const TICKS = [1, 2, 3, 5, 10, 30, 100, 300, 1000, 3000, 10000];

/**
 * Accumulate-Subsample away from its leading order. A subset of the stacked X holds each row
 * several times, in the end about (1 − 1/e) T different ones; with few items per dimension the fit
 * passes on more than it averages out, and the error grows without bound (`subsampleGain`).
 * Medians, because the mean does not exist once T ≤ n (d + 1).
 */
export function subsampleFigure(
  rows: readonly Row[],
  preset: LinearPreset,
  provenance: Provenance,
): Figure {
  const records = variantRecords(rows, { variant: variantsFor(preset, "subsample")[0]?.name });
  const { d, sigma2 } = records[0];
  const items = distinct(records, "T");
  const colours = ramp("mako", items.length);
  const grid = panelGrid({
    title: `Accumulate-Subsample is bounded only with enough items per dimension (d = ${d})`,
    x: { title: "iteration", log: true, ticks: [1, 3, 10, 30, 100, 300] },
    y: { title: "median test error ÷ that of one fit", log: true, ticks: TICKS },
    panelHeight: 380,
    legend: "",
    legendWidth: 250,
  });
  const panel = grid.panel(0, 0);
  const curves = items.flatMap((T, i) => {
    const points = records.filter((r) => r.T === T && r.sigma2 === sigma2);
    const x = points.map((r) => r.iteration);
    const over = (of: (r: LinearRecord) => number | null) =>
      points.map((r) => {
        const value = of(r);
        return value === null ? null : value / points[0].median;
      });
    const series = { x, colour: colours[i], name: `T = ${T} (T/d = ${T / d})` };
    const bounds = { low: over((r) => r.medianLow), high: over((r) => r.medianHigh) };
    return [
      ...bandIfAny({ ...series, ...bounds }, panel),
      line({ ...series, y: over((r) => r.median) }, panel),
    ];
  });
  const x = records.filter((r) => r.T === items[0]).map((r) => r.iteration);
  const many = { d, T: 1000 * d, sigma2 };
  const y = x.map((n) => subsampleError({ ...many, n }) / oneFitError(many));
  return {
    name: "linear-subsample",
    data: compact([
      ...curves,
      guide({ x, y, colour: INK, name: "leading order in d/T, to π²/2 − 2" }, panel),
    ]),
    layout: grid.layout,
    alt: "Median test error under Accumulate-Subsample relative to one fit, with 95 % bands. With a hundred items per dimension it follows the expected error to leading order in d/T, to 2.9, with three it levels off near 5, with two it grows over orders of magnitude.",
    provenance: { ...provenance, seeds: seedsOf(records) },
  };
}
