import type { Data } from "plotly.js-dist";
import { curves, type Metric } from "../../../figures/curves";
import type { Figure, Provenance } from "../../../figures/figure";
import { withRanges } from "../../../figures/range";
import { legendKey, legendOnce, type Panel, theory } from "../../../figures/traces";
import type { Row } from "../../../metrics/row";
import { distinct, rowsOf } from "../../select";
import { type MoleculesPreset, samplerVariantsOf } from "../preset";
import { ITERATION } from "./loss";

/** Coverage and matching of test molecules' conformers, which the paper does not report. */
export function coverageFigure(
  rows: readonly Row[],
  preset: MoleculesPreset,
  provenance: Provenance,
): Figure {
  return metricsFigure(rows, preset, {
    name: "molecules-coverage",
    title: "Conformers of test molecules: coverage and matching",
    alt: "Share of real conformers within 1.25 Å of a generated one and of generated ones within 1.25 Å of a real one, and the mean distance to the nearest, against iteration for every regime.",
    provenance,
    metrics: [
      { column: "covR", title: "COV-R" },
      { column: "covP", title: "COV-P" },
      { column: "matR", title: "MAT-R (Å)", log: true },
      { column: "matP", title: "MAT-P (Å)", log: true },
    ],
  });
}

/** Bond lengths, angles and torsions of generated conformers against real ones. */
export function geometryFigure(
  rows: readonly Row[],
  preset: MoleculesPreset,
  provenance: Provenance,
): Figure {
  return metricsFigure(rows, preset, {
    name: "molecules-geometry",
    title: "Geometry of generated conformers: Jensen–Shannon distance from real ones",
    alt: "Jensen–Shannon distance between the distributions of bond lengths, angles and torsions of generated and real conformers, against iteration; a dashed line is the distance between training and test conformers.",
    provenance,
    metrics: [
      { column: "jsBonds", title: "Bond lengths" },
      { column: "jsAngles", title: "Angles" },
      { column: "jsTorsions", title: "Torsions" },
    ],
  });
}

/** Physical soundness: clashes, broken bonds, energy. */
export function soundnessFigure(
  rows: readonly Row[],
  preset: MoleculesPreset,
  provenance: Provenance,
): Figure {
  return metricsFigure(rows, preset, {
    name: "molecules-soundness",
    title: "Clashes, broken bonds and energy of generated conformers",
    alt: "Share of generated conformers with clashing atoms, share of their bonds that are broken, and the median MMFF94 energy above the lowest real conformer, against iteration; dashed lines are real conformers.",
    provenance,
    metrics: [
      { column: "clashes", title: "Clashing" },
      { column: "brokenBonds", title: "Broken bonds" },
      { column: "energy", title: "kcal/mol per heavy atom", log: true },
    ],
  });
}

interface Options extends Pick<Figure, "name" | "alt"> {
  readonly title: string;
  readonly provenance: Provenance;
  readonly metrics: readonly Metric[];
}

/** One panel per sampler variant, one colour per regime, and real conformers as dashed lines. */
function metricsFigure(rows: readonly Row[], preset: MoleculesPreset, options: Options): Figure {
  const own = rowsOf(rows, "metrics", samplerVariantsOf(preset));
  // The energy is missing if the force field has parameters for none of the molecules.
  const metrics = options.metrics.filter(({ column }) => own.every((row) => column in row));
  const figure = curves({ ...options, metrics, rows: own, x: ITERATION, panelBy: "label" });
  const baseline = rows.find((row) => row.kind === "baseline");
  const columns = distinct(own, "label").length;
  const last = Math.max(...own.map((row) => Number(row.iteration)));
  const lines = metrics.flatMap(({ column, log }, row): Data[] => {
    const value = baseline?.[column];
    // An energy of 0 above the lowest cannot be shown on a logarithmic axis.
    if (typeof value !== "number" || (log && value <= 0)) return [];
    return Array.from({ length: columns }, (_, k) =>
      theory({ x: [0, last], y: [value, value], name: "real" }, panel(row * columns + k + 1)),
    );
  });
  if (lines.length === 0) return figure;
  // The axes must show real conformers too.
  const panels = metrics.map(({ log = false }, row): [Panel[], boolean] => [
    Array.from({ length: columns }, (_, k) => panel(row * columns + k + 1)),
    log,
  ]);
  const layout = withRanges(figure.layout, [...figure.data, ...lines], panels);
  const key = { ...legendKey("theory", panel(1)), name: "real", legendgroup: "real" } as Data;
  return { ...figure, layout, data: legendOnce([...figure.data, ...lines, key]) };
}

const panel = (n: number): Panel =>
  ({ xaxis: `x${n === 1 ? "" : n}`, yaxis: `y${n === 1 ? "" : n}` }) as Panel;
