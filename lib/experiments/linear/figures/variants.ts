import type { Figure, Provenance } from "../../../figures/figure";
import { panelGrid } from "../../../figures/layout";
import { regimeColour, regimeLabel } from "../../../figures/style";
import { band, legendKey, legendOnce, theory } from "../../../figures/traces";
import type { Row } from "../../experiment";
import { type LinearPreset, variantsFor } from "../preset";
import { distinct, variantRecords } from "../records";
import { compact } from "./compact";
import { thinLine } from "./guide";
import { seedsOf } from "./seedList";

/** What the closed forms say beyond the paper's loop: where the error comes from. */
export function variantsFigure(
  rows: readonly Row[],
  preset: LinearPreset,
  provenance: Provenance,
): Figure {
  const variants = variantsFor(preset, "variation");
  const records = variants.flatMap(({ name }) => variantRecords(rows, { variant: name }));
  const { d, T, sigma2 } = records[0];
  const shown = records.filter((r) => r.T === T && r.sigma2 === sigma2);
  const grid = panelGrid({
    title: `Only label noise makes it worse (d = ${d}, T = ${T}, σ² = ${sigma2})`,
    columns: variants.length,
    columnTitles: variants.map(({ label }) => label),
    x: { title: "iteration" },
    y: { title: "test squared error", log: true, ticks: [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50] },
    panelHeight: 330,
    legend: "",
    legendWidth: 150,
    width: 1060,
  });
  const data = variants.flatMap((variant, column) =>
    distinct(shown, "regime").flatMap((regime) => {
      const panel = grid.panel(0, column);
      // A noise-free start has error 0 at n = 1, which a logarithmic axis cannot show.
      const points = shown.filter(
        (r) => r.variant === variant.name && r.regime === regime && r.mean > 0,
      );
      const series = {
        x: points.map((r) => r.iteration),
        colour: regimeColour(regime),
        name: regimeLabel(regime),
      };
      const bounds = { low: points.map((r) => r.low), high: points.map((r) => r.high) };
      return [
        band({ ...series, ...bounds, floor: 1e-9 }, panel),
        thinLine({ ...series, y: points.map((r) => r.mean) }, panel),
        theory({ x: series.x, y: points.map((r) => r.expected ?? null), name: series.name }, panel),
      ];
    }),
  );
  const key = legendKey("theory", grid.panel(0, 0));
  return {
    name: "linear-variants",
    data: compact(legendOnce([...data, key])),
    layout: grid.layout,
    alt: "Three variants of the linear model. A new X every round changes little; noise-free real labels only shift the start; with noise-free synthetic labels no regime gets worse at all.",
    provenance: { ...provenance, seeds: seedsOf(records) },
  };
}
