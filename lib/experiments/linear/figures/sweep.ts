import type { Data } from "plotly.js-dist";
import type { Figure, Provenance } from "../../../figures/figure";
import { panelGrid } from "../../../figures/layout";
import { INK, ramp, regimeLabel } from "../../../figures/style";
import { legendKey, legendOnce, type Panel, theory } from "../../../figures/traces";
import type { Row } from "../../experiment";
import { type LinearPreset, variantsFor } from "../preset";
import { distinct, type LinearRecord, variantRecords } from "../records";
import { compact } from "./compact";
import { bandIfAny, guide, thinLine } from "./guide";
import { leadingOrderOfMedian, medianInFits } from "./medians";
import { seedsOf } from "./seedList";

/**
 * The sequel's sweep (Kazdan et al., appendix figures on linear regression): rows = regimes,
 * columns = d, colour = T. Errors are divided by σ², to which they are proportional, so that the
 * noise levels coincide: one line each. Where no exact expected error is known the mean may not
 * exist (a subset of the stacked X may hold d rows or fewer), and the median is drawn.
 */
export function sweepFigure(
  rows: readonly Row[],
  preset: LinearPreset,
  provenance: Provenance,
): Figure {
  const records = variantRecords(rows, { variant: variantsFor(preset, "sweep")[0]?.name });
  const regimes = distinct(records, "regime");
  const dimensions = distinct(records, "d");
  const items = [...distinct(records, "T")].sort((a, b) => a - b);
  const noises = distinct(records, "sigma2");
  const colours = ramp("mako", items.length);
  // A mean with a heavy tail can have an interval that reaches below zero; it is cut at the axis.
  const drawn = records.map((r) => levelOf(r).value / r.sigma2);
  const floor = Math.min(...drawn) / 2;
  const ceiling = Math.max(...drawn) * 2;
  const grid = panelGrid({
    title: "Every size and noise level: replace grows, accumulate stops, subsample is between",
    rows: regimes.length,
    columns: dimensions.length,
    rowTitles: regimes.map((regime) => rowTitle(records, regime)),
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
          const all = records.filter((r) => r.regime === regime && r.d === d && r.T === T);
          const points = all.filter((r) => r.sigma2 === sigma2);
          if (points.length === 0) return [];
          const oneFit = meanOf(all.filter((r) => r.iteration === 1).map(medianInFits));
          const panel = grid.panel(row, column);
          const series = {
            x: points.map((r) => r.iteration),
            colour: colours[hue],
            name: `T = ${T}`,
          };
          const levels = points.map(levelOf);
          const scaled = (values: readonly (number | null)[]) =>
            values.map((value) => (value === null ? null : value / sigma2));
          const low = scaled(levels.map((level) => level.low));
          const high = scaled(levels.map((level) => level.high));
          const y = scaled(levels.map(({ value }) => value));
          return [
            ...bandIfAny({ ...series, low, high, floor }, panel),
            thinLine({ ...series, y }, panel),
            ...(level === 0 ? expectedLines(points, series, oneFit, panel) : []),
          ];
        }),
      ),
    ),
  );
  return {
    name: "linear-sweep",
    data: compact(legendOnce([...data, legendKey("theory", grid.panel(0, 0))])),
    layout: grid.layout,
    alt: "Test error divided by the noise variance against iteration for several input dimensions and sample sizes. Replace grows linearly; Accumulate levels off at 1.64, the median of Accumulate-Subsample at about 2.9 times that of one fit; at few items per dimension the subsample is above its leading-order form.",
    provenance: { ...provenance, seeds: seedsOf(records) },
  };
}

interface Level {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
}

/** The mean with its interval where the expected error is known exactly, else the median's. */
function levelOf(r: LinearRecord): Level {
  return r.expected === undefined
    ? { value: r.median, low: r.medianLow, high: r.medianHigh }
    : { value: r.mean, low: r.low, high: r.high };
}

function rowTitle(records: readonly LinearRecord[], regime: string): string {
  const [first] = records.filter((r) => r.regime === regime);
  return first.expected === undefined ? `${regimeLabel(regime)} (medians)` : regimeLabel(regime);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * Dashed: the exact expected error. Dotted: the leading-order growth of one fit's median.
 * @param oneFit that median at all noise levels, in units of the expected error of one fit
 */
function expectedLines(
  records: readonly LinearRecord[],
  { x, name }: { readonly x: readonly number[]; readonly name: string },
  oneFit: number,
  panel: Panel,
): Data[] {
  const scaled = (of: (r: LinearRecord) => number | undefined) =>
    records.map((r) => {
      const value = of(r);
      return value === undefined ? null : value / r.sigma2;
    });
  if (records[0].expected !== undefined)
    return [theory({ x, y: scaled((r) => r.expected), name }, panel)];
  if (records[0].leadingOrder === undefined) return [];
  const order = leadingOrderOfMedian(records, oneFit);
  const y = order.map((value, i) => (value === null ? null : value / records[i].sigma2));
  return [guide({ x, y, colour: INK, name: "to leading order in d/T" }, panel, "dot")];
}
