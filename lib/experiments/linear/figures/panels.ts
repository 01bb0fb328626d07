import type { Data, Layout } from "plotly.js-dist";
import { panelGrid } from "../../../figures/layout";
import { ramp, regimeLabel } from "../../../figures/style";
import { band, legendKey, legendOnce, published, theory } from "../../../figures/traces";
import { publishedReplaceLine, publishedReplaceMultipleLine } from "../../../theory/index";
import type { Row } from "../../experiment";
import { type LinearPreset, variantOf } from "../preset";
import { type PublishedFigure, publishedPoints } from "../published";
import { distinct, type LinearRecord, variantRecords } from "../records";
import { compact, isDrawn } from "./compact";
import { thinLine } from "./guide";
import { seedsOf } from "./seedList";

/** Choices of Figures 7 and 16. */
export interface PanelOptions {
  /** Dashed lines: the expected error, or as drawn in the publication (two of them differ). */
  readonly theory?: "exact" | "as-published";
  readonly log?: boolean;
  /** Overlay the published points. Default true. */
  readonly published?: boolean;
}

interface Panels {
  readonly figure: PublishedFigure;
  /** The dimension is added. */
  readonly title: string;
  readonly regimes: readonly string[];
  readonly panelHeight: number;
  readonly ticks: readonly number[];
}

/** Rows = regimes, columns = T, colour = σ²: measured with band, theory dashed, published open. */
export function errorPanels(
  rows: readonly Row[],
  preset: LinearPreset,
  { figure, title, regimes, panelHeight, ticks }: Panels,
  options: PanelOptions,
): { data: Data[]; layout: Partial<Layout>; seeds: number[] } {
  const records = variantRecords(rows, { variant: variantOf(preset, figure) }).filter(isDrawn);
  const items = distinct(records, "T");
  const noises = distinct(records, "sigma2");
  const colours = ramp("mako", noises.length);
  const grid = panelGrid({
    title: `${title} (d = ${distinct(records, "d").join(", ")}, no ridge)`,
    rows: regimes.length,
    columns: items.length,
    rowTitles: regimes.map(regimeLabel),
    columnTitles: items.map((T) => `T = ${T}`),
    x: { title: "iteration", ticks },
    y: { title: "test squared error", log: options.log ?? false },
    panelHeight,
    legend: "label noise",
    legendWidth: 160,
    width: 1060,
  });
  const data: Data[] = [];
  regimes.forEach((regime, row) => {
    items.forEach((T, column) => {
      const panel = grid.panel(row, column);
      noises.forEach((sigma2, hue) => {
        const colour = colours[hue];
        const points = records.filter(
          (r) => r.regime === regime && r.T === T && r.sigma2 === sigma2,
        );
        const x = points.map((r) => r.iteration);
        const name = `σ² = ${sigma2}`;
        const series = { x, colour, name };
        const bounds = { low: points.map((r) => r.low), high: points.map((r) => r.high) };
        data.push(band({ ...series, ...bounds, ...(options.log ? { floor: 1e-9 } : {}) }, panel));
        data.push(thinLine({ ...series, y: points.map((r) => r.mean) }, panel));
        const dashed = points.map((r) => dashedLine(r, options.theory ?? "exact"));
        data.push(theory({ x, y: dashed, name }, panel));
        if (options.published === false) return;
        const means = publishedPoints({ figure, regime, T, sigma2 });
        if (means.length === 0) return;
        const marks = { x: means.map((p) => p.iteration), y: means.map((p) => p.value) };
        data.push(published({ ...marks, colour }, panel));
      });
    });
  });
  const first = grid.panel(0, 0);
  const key = legendKey("theory", first);
  data.push(options.theory === "as-published" ? ({ ...key, name: "as published" } as Data) : key);
  if (options.published !== false) data.push(legendKey("published", first));
  return { data: compact(legendOnce(data)), layout: grid.layout, seeds: seedsOf(records) };
}

function dashedLine(record: LinearRecord, which: "exact" | "as-published"): number | null {
  const { d, T, sigma2, iteration: n } = record;
  if (which === "as-published" && record.regime === "replace")
    return publishedReplaceLine({ d, T, sigma2, n });
  if (which === "as-published" && record.regime === "replace-multiple")
    return publishedReplaceMultipleLine({ d, T, sigma2, n });
  return record.expected ?? null;
}
