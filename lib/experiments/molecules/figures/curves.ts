import type { Data } from "plotly.js-dist";
import type { Figure, Provenance } from "../../../figures/figure";
import { panelGrid } from "../../../figures/layout";
import { withRanges } from "../../../figures/range";
import { ramp, regimeLabel } from "../../../figures/style";
import { legendOnce, line } from "../../../figures/traces";
import type { Row } from "../../../metrics/row";
import { summariseBy } from "../../../metrics/statistics";
import { distinct, iterationsOf, rowsOf } from "../../select";
import { type MoleculesPreset, samplerVariantsOf } from "../preset";
import { withFewTicks } from "./fewTicks";

/** Test loss by noise level σ, of the main variant. */
export function levelsFigure(
  rows: readonly Row[],
  preset: MoleculesPreset,
  provenance: Provenance,
): Figure {
  const own = rowsOf(rows, "level", preset.variants.slice(0, 1)).map((row) => ({
    ...row,
    loss: Number(row.global) + Number(row.local),
  }));
  return byIteration({
    rows: own,
    panelBy: "regime",
    x: { column: "sigma", title: "σ (Å)", log: true },
    y: { column: "loss", title: "Test loss (per atom)", log: true },
    name: "molecules-noise-levels",
    title: "Test loss by noise level",
    alt: "Test loss per atom against the standard deviation of the noise, for every iteration and regime.",
    provenance,
  });
}

/** COV-R at all thresholds, of the last sampler variant, one panel per regime. */
export function thresholdsFigure(
  rows: readonly Row[],
  preset: MoleculesPreset,
  provenance: Provenance,
): Figure {
  const own = rowsOf(rows, "coverage", samplerVariantsOf(preset).slice(-1));
  return byIteration({
    rows: own,
    panelBy: "regime",
    x: { column: "threshold", title: "Threshold δ (Å)" },
    y: { column: "covR", title: "COV-R" },
    name: "molecules-coverage-thresholds",
    title: `Coverage of real conformers by threshold (${samplerVariantsOf(preset).at(-1)?.label})`,
    alt: "Share of real conformers with a generated one within a threshold, against the threshold from 0.05 to 3 Å, for every iteration and regime.",
    provenance,
  });
}

interface Axis {
  readonly column: string;
  readonly title: string;
  readonly log?: boolean;
}

interface Options extends Pick<Figure, "name" | "alt"> {
  readonly rows: readonly Row[];
  readonly panelBy: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly title: string;
  readonly provenance: Provenance;
}

/** Means over seeds, one colour per iteration, one panel per regime. */
function byIteration({ rows, panelBy, x, y, ...options }: Options): Figure {
  const names = distinct(rows, panelBy);
  const iterations = iterationsOf(rows);
  const hues = ramp("copper", iterations.length);
  const grid = panelGrid({
    ...{ title: options.title, columns: names.length, columnTitles: names.map(regimeLabel) },
    ...{ x, y, panelHeight: 320, legend: "", legendWidth: 120 },
  });
  const panels = names.map((_, column) => grid.panel(0, column));
  const data: Data[] = names.flatMap((name, column) =>
    iterations.flatMap((iteration, hue) => {
      const own = rows.filter((row) => row[panelBy] === name && row.iteration === iteration);
      if (own.length === 0) return [];
      const mean = summariseBy(own, [x.column], y.column).sort(
        (a, b) => Number(a[x.column]) - Number(b[x.column]),
      );
      const series = { x: mean.map((r) => Number(r[x.column])), y: mean.map((r) => r.mean) };
      const look = { colour: hues[hue], name: `iteration ${iteration}` };
      return [{ ...line({ ...series, ...look }, panels[column]), mode: "lines" } as Data];
    }),
  );
  const layout = withRanges(grid.layout, data, [[panels, y.log ?? false]]);
  const { name, alt, provenance } = options;
  return withFewTicks({ name, data: legendOnce(data), layout, alt, provenance });
}
