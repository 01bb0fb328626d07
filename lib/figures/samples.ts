import type { Annotation, Layout } from "plotly.js-dist";
import { wrap } from "./caption";
import type { Figure, Provenance } from "./figure";
import { base } from "./layout";
import { type Picture, toPng } from "./picture";
import { SIZE } from "./style";

export interface SamplesOptions {
  readonly name: string;
  readonly title: string;
  readonly alt: string;
  readonly made: Provenance;
  readonly columnTitles: readonly string[];
  /** A missing picture leaves its place empty. */
  readonly rows: readonly {
    readonly title: string;
    readonly cells: readonly (Picture | null)[];
  }[];
  /** Width of the whole figure in pixels. */
  readonly width?: number;
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
  const { rows, columnTitles, width = 1000 } = options;
  const pictures = rows
    .flatMap((row) => row.cells)
    .filter((cell): cell is Picture => cell !== null);
  const widest = Math.max(...pictures.map((p) => p.width));
  const shape = Math.max(...pictures.map((p) => p.height / p.width));
  const columns = columnTitles.length;
  // A single column of pictures should not fill the page.
  const room = Math.min(340, (width - LEFT - RIGHT - (columns - 1) * GAP) / columns);
  // A whole number of the exported PNG's pixels (two a unit) for each of the picture's own.
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
  const note = {
    showarrow: false,
    xref: "paper",
    yref: "paper",
    font: { size: SIZE.panel },
  } as const;
  const annotations: Partial<Annotation>[] = [
    ...columnTitles.map((text, c) => ({
      ...note,
      text,
      x: left(c) + size / inner / 2,
      xanchor: "center" as const,
      y: 1,
      yanchor: "bottom" as const,
      yshift: 4,
    })),
    ...rows.map((row, r) => ({
      ...note,
      text: breakTitle(row.title),
      x: 0,
      xanchor: "right" as const,
      xshift: -10,
      y: top(r) - height / innerHeight / 2,
      yanchor: "middle" as const,
      align: "right" as const,
    })),
  ];
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
    provenance: options.made,
  };
}

/** A row title in lines that fit beside the pictures. */
function breakTitle(title: string): string {
  const letters = Math.floor((LEFT - 20) / (0.56 * SIZE.panel));
  return wrap(title, letters, true).join("<br>");
}
