import type { Annotation, Data, Layout, LayoutAxis } from "plotly.js-dist";
import { atomColour, atomRadius, type ConformerTable, type DrawnConformer, reach } from "./atoms";
import type { Figure, Provenance } from "./figure";
import { gridTitles } from "./gridTitles";
import { base } from "./layout";
import { GRID, MUTED, SIZE } from "./style";
import type { Panel } from "./traces";

export interface ConformersOptions extends ConformerTable {
  readonly name: string;
  readonly title: string;
  readonly alt: string;
  readonly provenance: Provenance;
  /** Width of the whole figure in pixels. */
  readonly width?: number;
}

const LEFT = 150;
const RIGHT = 24;
const TOP = 76;
const BOTTOM = 20;
const GAP = 8;

/** Positions of the cells of a table: fractions of the drawing area, and pixels. */
export interface CellGrid {
  /** Side of a square cell in pixels. */
  readonly side: number;
  readonly layout: Partial<Layout>;
  across(column: number): [number, number];
  down(row: number): [number, number];
}

/** Conformers as balls and sticks seen from +z, each cell at its own scale, which it names. */
export function conformersFigure(options: ConformersOptions): Figure {
  const grid = cellGrid(options);
  const data: Data[] = [];
  const axes: Record<string, Partial<LayoutAxis>> = {};
  const notes: Partial<Annotation>[] = [];
  options.rows.forEach(({ cells }, row) => {
    cells.forEach((conformer, column) => {
      if (conformer === null) return;
      const n = row * options.columnTitles.length + column + 1;
      const id = n === 1 ? "" : String(n);
      const panel = { xaxis: `x${id}`, yaxis: `y${id}` } as Panel;
      const half = reach(conformer);
      const frame = {
        ...{ range: [-half, half], showticklabels: false, showgrid: false, zeroline: false },
        ...{ showline: true, mirror: true, linecolor: GRID, fixedrange: true },
      } as Partial<LayoutAxis>;
      axes[`xaxis${id}`] = { ...frame, domain: grid.across(column), anchor: panel.yaxis };
      axes[`yaxis${id}`] = { ...frame, domain: grid.down(row), anchor: panel.xaxis };
      data.push(...flat(conformer, grid.side / (2 * half), panel));
      notes.push({
        ...{ text: `${(2 * half).toFixed(0)} Å`, showarrow: false },
        font: { size: SIZE.caption, color: MUTED },
        ...{ xref: "paper", yref: "paper", xanchor: "right", yanchor: "bottom" },
        ...{ x: grid.across(column)[1], y: grid.down(row)[0], xshift: -3 },
      });
    });
  });
  const { name, alt, provenance } = options;
  const annotations = [...(grid.layout.annotations ?? []), ...notes];
  const layout = { ...grid.layout, ...axes, annotations };
  return { name, data, layout, alt, provenance };
}

/** Bonds and atoms from the farthest to the nearest. @param scale pixels per ångström */
function flat({ atomicNumbers, bonds, positions }: DrawnConformer, scale: number, panel: Panel) {
  const order = [...atomicNumbers.keys()].sort(
    (a, b) => positions[3 * a + 2] - positions[3 * b + 2],
  );
  const at = (atom: number, axis: number) => hundredth(positions[3 * atom + axis]);
  const ends = (axis: number) => bonds.flatMap(([i, j]) => [at(i, axis), at(j, axis), null]);
  const common = { type: "scatter", showlegend: false, hoverinfo: "skip", ...panel };
  const sticks = {
    ...{ ...common, name: "bonds", mode: "lines", x: ends(0), y: ends(1) },
    line: { color: "#9a9a9a", width: Math.min(4, Math.max(1, 0.16 * scale)) },
  };
  const dots = {
    ...{ ...common, name: "atoms", mode: "markers" },
    ...{ x: order.map((atom) => at(atom, 0)), y: order.map((atom) => at(atom, 1)) },
    marker: {
      color: order.map((atom) => atomColour(atomicNumbers[atom])),
      size: order.map((atom) =>
        Math.max(3, hundredth(2 * scale * atomRadius(atomicNumbers[atom]))),
      ),
      ...{ opacity: 1, line: { color: "#555555", width: 0.6 } },
    },
  };
  return (bonds.length > 0 ? [sticks, dots] : [dots]) as Data[];
}

/** Square cells with titles above the columns and left of the rows. */
export function cellGrid(options: ConformersOptions): CellGrid {
  const { columnTitles, rows, width = 1000 } = options;
  const columns = columnTitles.length;
  const room = (width - LEFT - RIGHT - (columns - 1) * GAP) / columns;
  const side = Math.floor(Math.min(240, room));
  const inner = columns * (side + GAP) - GAP;
  const innerHeight = rows.length * (side + GAP) - GAP;
  const right = Math.max(RIGHT, 760 - LEFT - inner);
  const across = (column: number): [number, number] => {
    const from = (column * (side + GAP)) / inner;
    return [from, Math.min(1, from + side / inner)];
  };
  const down = (row: number): [number, number] => {
    const to = 1 - (row * (side + GAP)) / innerHeight;
    return [Math.max(0, to - side / innerHeight), to];
  };
  const middle = ([from, to]: [number, number]) => (from + to) / 2;
  const annotations = gridTitles(
    columnTitles.map((text, c) => ({ text, middle: middle(across(c)) })),
    rows.map(({ title }, r) => ({ text: title, middle: middle(down(r)) })),
    LEFT,
  );
  return {
    side,
    across,
    down,
    layout: {
      ...base(options.title),
      width: LEFT + inner + right,
      height: innerHeight + TOP + BOTTOM,
      margin: { l: LEFT, r: right, t: TOP, b: BOTTOM },
      annotations,
      showlegend: false,
    },
  };
}

const hundredth = (x: number): number => Math.round(100 * x) / 100;
