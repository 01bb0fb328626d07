import type { Layout } from "plotly.js-dist";
import type { Figure, Provenance } from "./figure";
import { gridTitles } from "./gridTitles";
import { base } from "./layout";
import { type Picture, toPng } from "./picture";

export interface SamplesOptions {
  readonly name: string;
  readonly title: string;
  readonly alt: string;
  readonly provenance: Provenance;
  readonly columnTitles: readonly string[];
  /** A missing picture leaves its place empty. */
  readonly rows: readonly {
    readonly title: string;
    readonly cells: readonly (Picture | null)[];
  }[];
  /** Width of the whole figure in pixels. */
  readonly width?: number;
  /** Widest picture, in pixels: a single column should not fill the page. Default 340. */
  readonly largest?: number;
}

const LEFT = 150;
const RIGHT = 24;
const TOP = 76;
const GAP = 10;

/**
 * Pictures in rows and columns, e.g. regimes against iterations; a cell holds one picture or a
 * {@link mosaic} of samples.
 */
export function samples(options: SamplesOptions): Figure {
  const { rows, columnTitles, width = 1000, largest = 340 } = options;
  const pictures = rows
    .flatMap((row) => row.cells)
    .filter((cell): cell is Picture => cell !== null);
  const widest = Math.max(...pictures.map((p) => p.width));
  const shape = Math.max(...pictures.map((p) => p.height / p.width));
  const columns = columnTitles.length;
  const room = Math.min(largest, (width - LEFT - RIGHT - (columns - 1) * GAP) / columns);
  // A whole number of the exported PNG's pixels (two per unit) for each of the picture's.
  const cell = (Math.max(1, Math.floor((2 * room) / widest)) * widest) / 2;
  const size = Math.min(cell, room);
  const inner = columns * (size + GAP) - GAP;
  const height = size * shape;
  const innerHeight = rows.length * (height + GAP) - GAP;
  const left = (column: number) => (column * (size + GAP)) / inner;
  const top = (row: number) => 1 - (row * (height + GAP)) / innerHeight;

  const images: NonNullable<Layout["images"]> = [];
  for (const [r, row] of rows.entries()) {
    for (const [c, picture] of row.cells.entries()) {
      if (picture === null) continue;
      const scale = Math.max(1, Math.round((2 * size) / picture.width));
      images.push({
        source: `data:image/png;base64,${toPng(picture, scale).toString("base64")}`,
        xref: "paper",
        yref: "paper",
        x: left(c),
        y: top(r),
        sizex: size / inner,
        sizey: height / innerHeight,
        xanchor: "left",
        yanchor: "top",
        sizing: "contain",
      });
    }
  }
  const annotations = gridTitles(
    columnTitles.map((text, c) => ({ text, middle: left(c) + size / inner / 2 })),
    rows.map(({ title }, r) => ({ text: title, middle: top(r) - height / innerHeight / 2 })),
    LEFT,
  );
  return {
    name: options.name,
    data: [],
    layout: {
      ...base(options.title),
      // Never so narrow that the title does not fit.
      width: Math.max(LEFT + inner + RIGHT, 760),
      height: Math.ceil(innerHeight) + TOP + 20,
      margin: { l: LEFT, r: Math.max(RIGHT, 760 - LEFT - inner), t: TOP, b: 20 },
      xaxis: { visible: false },
      yaxis: { visible: false },
      images,
      annotations,
    },
    alt: options.alt,
    provenance: options.provenance,
  };
}
