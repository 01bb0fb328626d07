import type { Annotation, Layout, LayoutAxis, XAxisName, YAxisName } from "plotly.js-dist";
import { FONT, GRID, INK, MUTED, SIZE } from "./style";
import type { Panel } from "./traces";

export interface AxisOptions {
  readonly title: string;
  readonly log?: boolean;
  /** In data units, also on a logarithmic axis. */
  readonly range?: readonly [number, number];
  /** Where ticks stand; for iterations a list of whole numbers reads best. */
  readonly ticks?: readonly number[];
}

export interface GridOptions {
  readonly title: string;
  readonly rows?: number;
  readonly columns?: number;
  readonly rowTitles?: readonly string[];
  readonly columnTitles?: readonly string[];
  readonly x: AxisOptions;
  /** One for all panels, or one per row (then with `shareY: "row"`). */
  readonly y: AxisOptions | readonly AxisOptions[];
  /** Which panels have one common y range. Default "all". */
  readonly shareY?: "all" | "row" | "none";
  /** Size of the whole figure's width and of one panel's height, in pixels. */
  readonly width?: number;
  readonly panelHeight?: number;
  /** Heading over the legend; `null` leaves the legend out. */
  readonly legend?: string | null;
  /** Room for the legend, in pixels. */
  readonly legendWidth?: number;
}

export interface PanelGrid {
  readonly layout: Partial<Layout>;
  /** The axes of a panel, counted from 0 at the top left; spread into a trace. */
  panel(row: number, column: number): Panel;
}

const GAP = { free: 58, shared: 18, rows: 22 } as const;

/** Panels in rows and columns with common x axes, titles outside, and the legend to the right. */
export function panelGrid(options: GridOptions): PanelGrid {
  const { rows = 1, columns = 1, width = 1000, panelHeight = 300, shareY = "all" } = options;
  const legendWidth = options.legend === null ? 0 : (options.legendWidth ?? 150);
  const margin = {
    l: 78,
    r: 24 + legendWidth + (options.rowTitles ? 22 : 0),
    t: options.columnTitles ? 76 : 56,
    b: 58,
  };
  const inner = { width: width - margin.l - margin.r, height: 0 };
  inner.height = rows * panelHeight + (rows - 1) * GAP.rows;
  const across = spans(columns, (shareY === "none" ? GAP.free : GAP.shared) / inner.width);
  const down = spans(rows, GAP.rows / inner.height).map(([a, b]): [number, number] => [
    1 - b,
    1 - a,
  ]);

  const name = (row: number, column: number) => {
    const n = row * columns + column + 1;
    return n === 1 ? "" : String(n);
  };
  const panel = (row: number, column: number): Panel => ({
    xaxis: `x${name(row, column)}` as XAxisName,
    yaxis: `y${name(row, column)}` as YAxisName,
  });
  const yOptions = [options.y].flat();
  const axes: Record<string, Partial<LayoutAxis>> = {};
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const { xaxis, yaxis } = panel(row, column);
      const bottom = row === rows - 1;
      const labelled = column === 0 || shareY === "none";
      axes[`xaxis${name(row, column)}`] = {
        ...axis(options.x, bottom),
        domain: across[column],
        anchor: yaxis,
        ...(xaxis === "x" ? {} : { matches: "x" as const }),
      };
      const owner = shareY === "all" ? "y" : panel(row, 0).yaxis;
      axes[`yaxis${name(row, column)}`] = {
        ...axis(yOptions[row] ?? yOptions[0], labelled, column === 0),
        domain: down[row],
        anchor: xaxis,
        ...(shareY === "none" || yaxis === owner ? {} : { matches: owner }),
      };
    }
  }
  const annotations = [
    ...(options.columnTitles ?? []).map((text, i) => columnTitle(text, across[i])),
    ...(options.rowTitles ?? []).map((text, i) => rowTitle(text, down[i])),
  ];
  const layout: Partial<Layout> = {
    ...base(options.title),
    width,
    height: inner.height + margin.t + margin.b,
    margin,
    ...axes,
    annotations,
    showlegend: options.legend !== null,
    legend: {
      x: 1 + (options.rowTitles ? 34 : 14) / inner.width,
      xanchor: "left",
      y: 1,
      yanchor: "top",
      font: { size: SIZE.legend },
      tracegroupgap: 2,
      ...(options.legend ? { title: { text: options.legend, font: { size: SIZE.legend } } } : {}),
    },
  };
  return { layout, panel };
}

/** What all figures share: fonts, white ground, title at the left edge. */
export function base(title: string): Partial<Layout> {
  return {
    title: {
      text: title,
      font: { size: SIZE.title },
      x: 0,
      xref: "container",
      xanchor: "left",
      y: 1,
      yref: "container",
      yanchor: "top",
      pad: { l: 16, t: 16 },
    },
    font: { family: FONT, size: SIZE.tick, color: INK },
    paper_bgcolor: "#ffffff",
    plot_bgcolor: "#ffffff",
    hovermode: "closest",
  };
}

/** A light-grid axis; logarithmic ones carry plain numbers (0.01, 0.1, 1), not powers. */
export function axis(
  options: AxisOptions,
  labelled = true,
  titled = labelled,
): Partial<LayoutAxis> {
  const { log, range, ticks } = options;
  return {
    ...(titled ? { title: { text: options.title, font: { size: SIZE.axis }, standoff: 10 } } : {}),
    showticklabels: labelled,
    gridcolor: GRID,
    zeroline: false,
    showline: true,
    linecolor: MUTED,
    mirror: true,
    ticks: labelled ? "outside" : "",
    tickcolor: MUTED,
    ticklen: 4,
    tickfont: { size: SIZE.tick },
    ...(log ? { type: "log" as const, tickformat: "~g" } : {}),
    ...(range ? { range: log ? range.map(Math.log10) : [...range] } : {}),
    ...(ticks ? { tickvals: [...ticks] } : {}),
  } as Partial<LayoutAxis>;
}

/** n equal intervals of [0, 1] with a gap between. */
function spans(n: number, gap: number): [number, number][] {
  const size = (1 - gap * (n - 1)) / n;
  // Rounding must not carry the last one's end beyond 1, which Plotly refuses.
  return Array.from({ length: n }, (_, i) => [
    i * (size + gap),
    i === n - 1 ? 1 : i * (size + gap) + size,
  ]);
}

function columnTitle(text: string, [from, to]: readonly [number, number]): Partial<Annotation> {
  return {
    ...note(text),
    x: (from + to) / 2,
    y: 1,
    xanchor: "center",
    yanchor: "bottom",
    yshift: 6,
  };
}

function rowTitle(text: string, [from, to]: readonly [number, number]): Partial<Annotation> {
  return {
    ...note(text),
    x: 1,
    y: (from + to) / 2,
    xanchor: "left",
    yanchor: "middle",
    xshift: 4,
    textangle: 90,
  };
}

function note(text: string): Partial<Annotation> {
  return { text, showarrow: false, xref: "paper", yref: "paper", font: { size: SIZE.panel } };
}
