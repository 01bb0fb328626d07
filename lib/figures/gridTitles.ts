import type { Annotation } from "plotly.js-dist";
import { wrap } from "./caption";
import { SIZE } from "./style";

/** A title and the middle of its row or column, as a fraction of the drawing area. */
export interface GridTitle {
  readonly text: string;
  readonly middle: number;
}

/** Titles above the columns and left of the rows of a grid. @param margin room on the left, pixels */
export function gridTitles(
  columns: readonly GridTitle[],
  rows: readonly GridTitle[],
  margin: number,
): Partial<Annotation>[] {
  const note: Partial<Annotation> = {
    ...{ showarrow: false, xref: "paper", yref: "paper" },
    font: { size: SIZE.panel },
  };
  // Letters of a line that fits beside the cells.
  const letters = Math.floor((margin - 20) / (0.56 * SIZE.panel));
  return [
    ...columns.map(({ text, middle }) => ({
      ...{ ...note, text, x: middle, xanchor: "center" as const },
      ...{ y: 1, yanchor: "bottom" as const, yshift: 4 },
    })),
    ...rows.map(({ text, middle }) => ({
      ...{ ...note, text: wrap(text, letters, true).join("<br>") },
      ...{ x: 0, xanchor: "right" as const, xshift: -10, align: "right" as const },
      ...{ y: middle, yanchor: "middle" as const },
    })),
  ];
}
