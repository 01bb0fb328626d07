import type { Data } from "plotly.js-dist";
import type { Row } from "../metrics/row";
import { groupBy, summariseBy } from "../metrics/statistics";
import type { Figure, Provenance } from "./figure";
import { type AxisOptions, panelGrid } from "./layout";
import { withRanges } from "./range";
import { relativeToFirst } from "./relative";
import { regimeColour, regimeLabel, TAB10 } from "./style";
import {
  band,
  faintLine,
  legendKey,
  legendOnce,
  line,
  type Panel,
  published,
  reference,
  theory,
} from "./traces";

/** A metric and the axis that it is drawn on: one row of panels. */
export interface Metric {
  /** Column of the rows. */
  readonly column: string;
  readonly title: string;
  readonly log?: boolean;
  /** A dotted level beside the curves: the mean of another column, and its name in the legend. */
  readonly reference?: { readonly column: string; readonly name: string };
  /** A column with what theory expects, drawn as dashes where the rows have it. */
  readonly theory?: string;
}

/** A published curve; `panel` and `series` are values of `panelBy` and `colourBy`. */
export interface PublishedCurve {
  readonly panel?: string;
  readonly series: string;
  /** Default: the first metric. */
  readonly metric?: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
}

export interface CurvesOptions {
  readonly name: string;
  readonly title: string;
  readonly alt: string;
  readonly provenance: Provenance;
  /** One row per seed and iteration (and regime, model, …). */
  readonly rows: readonly Row[];
  readonly metrics: readonly Metric[];
  /** Column whose values get a panel each, side by side; null for one panel. Default "regime". */
  readonly panelBy?: string | null;
  /** Column whose values get a colour each. Default "regime". */
  readonly colourBy?: string;
  /** Column of the x axis and its title. Default "iteration". */
  readonly x?: { readonly column: string; readonly title: string };
  readonly published?: readonly PublishedCurve[];
  /**
   * Divide every curve, ours and the published, by its own first value: for comparing with
   * published values on another scale (other data, other network).
   */
  readonly relative?: boolean;
}

/**
 * "Metric against iteration" as in Figs 2, 4 and 5: one panel per regime on a common y range, the mean
 * over seeds with its 95 % confidence interval, each seed as a faint line, and the published
 * values as open markers.
 */
export function curves(options: CurvesOptions): Figure {
  const { metrics, panelBy = "regime", colourBy = "regime" } = options;
  const x = options.x ?? { column: "iteration", title: "Model-fitting iteration" };
  const panels = panelBy === null ? [null] : distinct(options.rows, panelBy);
  const series = distinct(options.rows, colourBy);
  const colour = (name: string) =>
    colourBy === "regime" ? regimeColour(name) : TAB10[series.indexOf(name) % TAB10.length];
  const key = colourBy !== panelBy;
  const grid = panelGrid({
    title: options.title,
    rows: metrics.length,
    columns: panels.length,
    ...(panelBy === null ? {} : { columnTitles: panels.map((p) => label(panelBy, p ?? "")) }),
    x: { title: x.title, ...wholeTicks(options.rows, x.column) },
    y: metrics.map((metric) => yAxis(metric, options.relative ?? false)),
    shareY: "row",
    panelHeight: metrics.length === 1 ? 320 : 230,
    legend:
      key || options.published?.length || metrics.some((m) => m.reference || m.theory) ? "" : null,
    legendWidth: key ? 170 : 110,
  });
  const data: Data[] = [];
  for (const [row, metric] of metrics.entries()) {
    for (const [column, panel] of panels.entries()) {
      const place = grid.panel(row, column);
      const inside = options.rows.filter(
        (r) => panel === null || String(r[panelBy ?? ""]) === panel,
      );
      const level = referenceLine(inside, x.column, metric, place);
      if (level) data.push(level);
      for (const name of series) {
        const own = inside.filter((r) => String(r[colourBy]) === name);
        const look = { name: label(colourBy, name), colour: colour(name), legend: key };
        const measured = options.relative ? relativeToFirst(own, x.column, metric.column) : own;
        data.push(...measuredCurve(measured, x.column, metric, look, place));
        const expected = theoryLine(own, x.column, metric, look.name, place);
        if (expected) data.push(expected);
        for (const curve of options.published ?? []) {
          const here = (curve.panel ?? panel) === panel && curve.series === name;
          if (!here || (curve.metric ?? metrics[0].column) !== metric.column) continue;
          const y = options.relative ? curve.y.map((v) => v / curve.y[0]) : curve.y;
          data.push(published({ x: curve.x, y, colour: look.colour }, place));
        }
      }
    }
  }
  const ranges = metrics.map((metric, row): [Panel[], boolean] => [
    panels.map((_, column) => grid.panel(row, column)),
    metric.log ?? false,
  ]);
  const layout = withRanges(grid.layout, data, ranges);
  if (metrics.some((metric) => metric.theory)) data.push(legendKey("theory", grid.panel(0, 0)));
  if (options.published?.length) data.push(legendKey("published", grid.panel(0, 0)));
  return {
    name: options.name,
    data: legendOnce(data),
    layout,
    alt: options.alt,
    provenance: options.provenance,
  };
}

/** A metric's reference over the whole width of a panel, where the rows have it. */
function referenceLine(
  rows: readonly Row[],
  x: string,
  { reference: given }: Metric,
  place: Panel,
): Data | undefined {
  const values = given ? rows.map((row) => row[given.column]).filter(isNumber) : [];
  if (!given || values.length === 0) return undefined;
  const level = values.reduce((a, b) => a + b, 0) / values.length;
  const at = rows.map((row) => Number(row[x]));
  const ends = [Math.min(...at), Math.max(...at)];
  return reference({ x: ends, y: [level, level], name: given.name }, place);
}

/** A metric's theory against x, the same for all seeds, where a series has it. */
function theoryLine(
  rows: readonly Row[],
  x: string,
  metric: Metric,
  name: string,
  place: Panel,
): Data | undefined {
  const known = metric.theory ? rows.filter((row) => isNumber(row[metric.theory ?? ""])) : [];
  if (!metric.theory || known.length === 0) return undefined;
  const mean = summariseBy(known, [x], metric.theory).sort((a, b) => Number(a[x]) - Number(b[x]));
  return theory({ x: mean.map((r) => Number(r[x])), y: mean.map((r) => r.mean), name }, place);
}

const isNumber = (value: unknown): value is number => typeof value === "number";

function measuredCurve(
  rows: readonly Row[],
  x: string,
  metric: Metric,
  look: { readonly name: string; readonly colour: string; readonly legend: boolean },
  place: Panel,
): Data[] {
  if (rows.length === 0) return [];
  const mean = summariseBy(rows, [x], metric.column).sort((a, b) => Number(a[x]) - Number(b[x]));
  const xs = mean.map((r) => Number(r[x]));
  const traces: Data[] = [];
  if (mean.some((r) => r.low !== null)) {
    const floor = metric.log ? { floor: Math.min(...mean.map((r) => r.mean)) / 10 } : {};
    const [low, high] = [mean.map((r) => r.low), mean.map((r) => r.high)];
    traces.push(band({ x: xs, low, high, colour: look.colour, name: look.name, ...floor }, place));
    for (const seed of groupBy(rows, ["seed"])) {
      const run = [...seed.rows].sort((a, b) => Number(a[x]) - Number(b[x]));
      const [sx, sy] = [run.map((r) => Number(r[x])), run.map((r) => Number(r[metric.column]))];
      traces.push(faintLine({ x: sx, y: sy, colour: look.colour, name: look.name }, place));
    }
  }
  traces.push(line({ x: xs, y: mean.map((r) => r.mean), ...look }, place));
  return traces;
}

/** Values of a column as text, in the order in which they first occur. */
function distinct(rows: readonly Row[], column: string): string[] {
  return groupBy(rows, [column]).map((group) => String(group.key[column]));
}

function label(column: string, value: string): string {
  return column === "regime" ? regimeLabel(value) : value;
}

function yAxis(metric: Metric, relative: boolean): AxisOptions {
  return {
    title: relative ? `${metric.title}, relative to the first` : metric.title,
    log: metric.log ?? false,
  };
}

/** Few whole numbers get a tick each; otherwise Plotly chooses. */
function wholeTicks(rows: readonly Row[], column: string): Pick<AxisOptions, "ticks"> {
  const values = [...new Set(rows.map((r) => Number(r[column])))].sort((a, b) => a - b);
  return values.length <= 12 && values.every(Number.isInteger) ? { ticks: values } : {};
}
