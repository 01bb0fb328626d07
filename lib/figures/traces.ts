import type { Data, Datum, ScatterData, XAxisName, YAxisName } from "plotly.js-dist";
import { INK, translucent } from "./style";

/** The panel that a trace is drawn in; from {@link PanelGrid.panel}. */
export interface Panel {
  readonly xaxis: XAxisName;
  readonly yaxis: YAxisName;
}

/** A null is a missing point. */
export type Values = ArrayLike<number | null>;

export interface Series {
  readonly x: Values;
  readonly y: Values;
  readonly colour: string;
  /** Legend entry; traces of one name share one entry and are switched together. */
  readonly name: string;
  /** Default true; the first trace of a name shows the entry ({@link legendOnce}). */
  readonly legend?: boolean;
}

export interface Interval {
  readonly x: Values;
  readonly low: Values;
  readonly high: Values;
  readonly colour: string;
  /** The series it belongs to, so that both are switched together. */
  readonly name: string;
  /** On a logarithmic axis: where an interval that reaches zero or below is cut off. */
  readonly floor?: number;
}

/** Lines of up to this many points show each of them with a marker. */
const FEW = 20;

/** A solid line, with markers while there are few points. */
export function line(series: Series, panel?: Panel): Data {
  return scatter(series, panel, {
    mode: series.x.length <= FEW ? "lines+markers" : "lines",
    line: { color: series.colour, width: series.x.length <= FEW ? 2 : 2.8 },
    marker: { color: series.colour, size: 6 },
  });
}

/** One seed among many: thin, pale, without a legend entry of its own. */
export function faintLine(series: Series, panel?: Panel): Data {
  return scatter({ ...series, legend: false }, panel, {
    mode: "lines",
    line: { color: translucent(series.colour, 0.3), width: 1 },
    hoverinfo: "skip",
  });
}

/** Theory: thin black dashes, which stay visible on top of the measured line. */
export function theory(series: Omit<Series, "colour">, panel?: Panel): Data {
  return scatter({ legend: false, ...series, colour: INK }, panel, {
    mode: "lines",
    line: { color: INK, width: 1.3, dash: "dash" },
  });
}

/** What a measured value is compared with, such as that of real data: black dots. */
export function reference(series: Omit<Series, "colour">, panel?: Panel): Data {
  return scatter({ ...series, colour: INK }, panel, {
    mode: "lines",
    line: { color: INK, width: 1.5, dash: "dot" },
  });
}

/** Published values: open markers, so that they read as somebody else's measurement. */
export function published(series: Omit<Series, "name">, panel?: Panel): Data {
  return scatter({ legend: false, ...series, name: "published" }, panel, {
    mode: "markers",
    marker: { color: series.colour, size: 9, symbol: "circle-open", line: { width: 1.6 } },
  });
}

/** The area between low and high: one closed outline; points where either is missing are left out. */
export function band(interval: Interval, panel?: Panel): Data {
  const { x, low, high, floor } = interval;
  const there: number[] = [];
  for (let i = 0; i < x.length; i++)
    if (x[i] !== null && low[i] !== null && high[i] !== null) there.push(i);
  const back = [...there].reverse();
  const lowest = (i: number) => (floor === undefined ? low[i] : Math.max(floor, low[i] as number));
  const outline = {
    x: [...there.map((i) => x[i]), ...back.map((i) => x[i])],
    y: [...there.map((i) => high[i]), ...back.map(lowest)],
  };
  return scatter(
    { ...outline, colour: interval.colour, name: interval.name, legend: false },
    panel,
    {
      mode: "lines",
      line: { width: 0, color: interval.colour },
      fill: "toself",
      fillcolor: translucent(interval.colour, 0.18),
      hoverinfo: "skip",
    },
  );
}

/**
 * The legend entry of the theory lines or of the published points of all colours, after the
 * entries of the measured series. Switching it off works for the published points, which are a
 * group of their own; theory lines are switched with their series.
 */
export function legendKey(kind: "theory" | "published", panel?: Panel): Data {
  const nothing = { x: [null], y: [null], colour: INK, name: kind, legend: true };
  return { ...{ theory, published }[kind](nothing, panel), legendrank: 2000 } as Data;
}

/** The same traces with one legend entry per name: the first that asks for one keeps it. */
export function legendOnce(traces: readonly Data[]): Data[] {
  const seen = new Set<string>();
  return traces.map((trace) => {
    const { legendgroup, showlegend } = trace as Partial<ScatterData>;
    if (legendgroup === undefined || showlegend === false) return trace;
    const first = !seen.has(legendgroup);
    seen.add(legendgroup);
    return { ...trace, showlegend: first } as Data;
  });
}

function scatter(series: Series, panel: Panel | undefined, look: Partial<ScatterData>): Data {
  return {
    type: "scatter",
    name: series.name,
    legendgroup: series.name,
    showlegend: series.legend ?? true,
    x: Array.from(series.x) as Datum[],
    y: Array.from(series.y) as Datum[],
    ...panel,
    ...look,
  };
}
