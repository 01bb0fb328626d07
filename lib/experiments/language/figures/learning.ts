import type { Data } from "plotly.js-dist";
import type { Figure, Provenance } from "../../../figures/figure";
import { panelGrid } from "../../../figures/layout";
import { withRanges } from "../../../figures/range";
import { ramp } from "../../../figures/style";
import { legendKey, legendOnce, line, type Panel, published } from "../../../figures/traces";
import { summariseBy } from "../../../metrics/statistics";
import type { Row } from "../../experiment";
import { iterationsOf } from "./select";

/** A published learning curve of one panel and iteration. */
export interface PublishedLearning {
  readonly iteration: number;
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** One panel: the curve rows of one variant and regime. */
export interface LearningPanel {
  readonly rows: readonly Row[];
  readonly published?: readonly PublishedLearning[];
}

export interface LearningOptions {
  readonly name: string;
  readonly title: string;
  readonly alt: string;
  readonly provenance: Provenance;
  readonly rowTitles: readonly string[];
  readonly columnTitles: readonly string[];
  panel(row: number, column: number): LearningPanel;
  readonly x: "epoch" | "step";
  readonly log?: boolean;
}

/**
 * Test loss during training, as in Figures 3 and 9 to 14: one panel per model and regime, one colour
 * per iteration; the mean over seeds.
 */
export function learningCurves(options: LearningOptions): Figure {
  const { rowTitles, columnTitles, x, log = false } = options;
  const cells = rowTitles.map((_, row) =>
    columnTitles.map((_, column) => options.panel(row, column)),
  );
  const iterations = iterationsOf(cells.flat().flatMap(({ rows }) => [...rows]));
  const hues = ramp("copper", iterations.length);
  const grid = panelGrid({
    title: options.title,
    rows: rowTitles.length,
    columns: columnTitles.length,
    ...(rowTitles.length > 1 ? { rowTitles } : {}),
    columnTitles,
    x: { title: x === "epoch" ? "epoch" : "gradient step", log },
    y: { title: "nats per token", log },
    panelHeight: rowTitles.length > 1 ? 230 : 320,
    legend: "",
    legendWidth: 120,
  });
  const data: Data[] = [];
  const panels: Panel[] = [];
  let overlaid = false;
  cells.forEach((across, row) => {
    across.forEach((cell, column) => {
      const place = grid.panel(row, column);
      panels.push(place);
      iterations.forEach((iteration, hue) => {
        const selected = cell.rows.filter((r) => r.iteration === iteration);
        if (selected.length > 0) data.push(meanCurve(selected, x, iteration, hues[hue], place));
        const curve = cell.published?.find((c) => c.iteration === iteration);
        if (!curve) return;
        overlaid = true;
        data.push(published({ x: curve.x, y: curve.y, colour: hues[hue] }, place));
      });
    });
  });
  const layout = withRanges(grid.layout, data, [[panels, log]]);
  if (overlaid) data.push(legendKey("published", grid.panel(0, 0)));
  return {
    name: options.name,
    data: legendOnce(data),
    layout,
    alt: options.alt,
    provenance: options.provenance,
  };
}

function meanCurve(
  rows: readonly Row[],
  x: "epoch" | "step",
  iteration: number,
  colour: string,
  place: Panel,
): Data {
  const mean = summariseBy(rows, [x], "testLoss").sort((a, b) => Number(a[x]) - Number(b[x]));
  const series = { x: mean.map((r) => Number(r[x])), y: mean.map((r) => r.mean) };
  const drawn = line({ ...series, colour, name: `iteration ${iteration}` }, place);
  // Up to 25 points per epoch: the line alone is easier to read.
  return { ...drawn, mode: "lines", line: { color: colour, width: 2 } } as Data;
}
