import type { Figure, Provenance } from "../../../figures/figure";
import { panelGrid } from "../../../figures/layout";
import { withRanges } from "../../../figures/range";
import { TAB10 } from "../../../figures/style";
import { band, legendKey, legendOnce, line, reference, theory } from "../../../figures/traces";
import { formatCount } from "../../../format";
import type { Row } from "../../experiment";
import { seedsOf } from "../../select";
import { type Entry, variantName } from "../entries/entry";
import { pointsOf } from "../points";
import type { AtlasPreset } from "../preset";

/** Iterations that get a tick each, at most. */
const FEW_TICKS = 12;

/**
 * An entry's curves: measured mean with its 95 % band, the exact values dashed, what a trivial model
 * would score dotted. One panel, or one for each that the entry names.
 */
export function entryFigure(
  entry: Entry,
  rows: readonly Row[],
  preset: AtlasPreset,
  provenance: Provenance,
): Figure {
  const { y, log = false, baseline, panels = [""] } = entry.figure;
  const measured = entry.curves.map((curve) => ({
    curve,
    points: pointsOf(rows, preset, entry, curve),
  }));
  const last = Math.max(...measured.flatMap(({ points }) => points.map(({ n }) => n)));
  const grid = panelGrid({
    title: entry.title,
    columns: panels.length,
    ...(panels.length > 1 ? { columnTitles: panels } : {}),
    x: { title: "model-fitting iteration", ...(last <= FEW_TICKS ? { ticks: range(last) } : {}) },
    y: { title: y, log },
    panelHeight: 340,
    legend: "",
    legendWidth: 270,
  });
  const data = panels.flatMap((panel, column) => {
    const place = grid.panel(0, column);
    const own = measured.filter(({ curve }) => panels.length === 1 || curve.panel === panel);
    const curves = own.flatMap(({ curve, points }) => {
      const colour = TAB10[entry.curves.indexOf(curve) % TAB10.length];
      const name = curve.label;
      const x = points.map(({ n }) => n);
      // On a logarithmic axis a band ends where it would reach zero.
      const floor = log ? { floor: Math.min(...points.map(({ mean }) => mean)) / 10 } : {};
      const bounds = { low: points.map(({ low }) => low), high: points.map(({ high }) => high) };
      return [
        band({ x, ...bounds, colour, name, ...floor }, place),
        line({ x, y: points.map(({ mean }) => mean), colour, name }, place),
        theory({ x, y: points.map(({ exact }) => exact), name }, place),
      ];
    });
    const level = [baseline.value, baseline.value];
    return [...curves, reference({ x: [1, last], y: level, name: baseline.name }, place)];
  });
  const key = { ...legendKey("theory", grid.panel(0, 0)), name: "exact" };
  const drawn = legendOnce([...data, key]);
  const places = panels.map((_, column) => grid.panel(0, column));
  return {
    name: `atlas-${entry.id}`,
    data: drawn,
    layout: withRanges(grid.layout, drawn, [[places, log]]),
    alt: `${entry.claim}. Measured: ${endsInWords(measured)}.`,
    provenance: { ...provenance, ...madeOf(entry, rows) },
  };
}

/** Seeds and replicates behind a figure. */
function madeOf(entry: Entry, rows: readonly Row[]): Pick<Provenance, "seeds" | "dataset"> {
  const variants = new Set(entry.curves.map(({ run }) => variantName(entry, run)));
  const own = rows.filter(({ variant }) => variants.has(String(variant)));
  const counts = [...new Set(own.map(({ replicates }) => Number(replicates)))].sort(
    (a, b) => a - b,
  );
  const words = counts.map((count) => formatCount(count)).join(" or ");
  return { seeds: seedsOf(own), dataset: `generated here, ${words} replicates per seed` };
}

type Measured = readonly {
  readonly curve: Entry["curves"][number];
  readonly points: ReturnType<typeof pointsOf>;
}[];

/** "Replace 10.1 (exact 10)" of every curve's last iteration. */
function endsInWords(measured: Measured): string {
  return measured
    .map(({ curve, points }) => {
      const { n, mean, exact } = points[points.length - 1];
      return `${curve.label} ${short(mean)} at iteration ${n} (exact ${short(exact)})`;
    })
    .join("; ");
}

const short = (value: number): string => String(Number(value.toPrecision(3)));
const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);
