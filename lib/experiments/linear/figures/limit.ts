import type { Figure, Provenance } from "../../../figures/figure";
import { panelGrid } from "../../../figures/layout";
import { MUTED, regimeColour } from "../../../figures/style";
import { band, faintLine, line } from "../../../figures/traces";
import { accumulateError, accumulateRatioLimit, oneFitError } from "../../../theory/index";
import type { Row } from "../../experiment";
import { type LinearPreset, variantOf } from "../preset";
import { distinct, variantRecords } from "../records";
import { compact, isDrawn } from "./compact";
import { guide } from "./guide";
import { pooledRatios } from "./pooled";
import { seedsOf } from "./seedList";

/**
 * The π²/6 limit: Accumulate's error over that of one fit, all conditions of Figure 16 on one axis.
 * It is the limit of the expected error, for the same X and σ² in real and synthetic labels, equal
 * batches, Gaussian X, T ≥ d + 2 and a well-specified model without ridge; the mean of one
 * condition's seeds may be above it.
 */
export function limitFigure(
  rows: readonly Row[],
  preset: LinearPreset,
  provenance: Provenance,
): Figure {
  const variant = variantOf(preset, "figure-16");
  const records = variantRecords(rows, { variant, regime: "accumulate" }).filter(isDrawn);
  const colour = regimeColour("accumulate");
  const grid = panelGrid({
    title: "With the same X and σ² every round, accumulating costs π²/6 times one fit at most",
    x: { title: "iteration", log: true, ticks: [1, 2, 5, 10, 20, 50, 100, 200] },
    y: { title: "test error ÷ expected error of one fit (v)" },
    panelHeight: 360,
    legend: "",
    legendWidth: 220,
  });
  const panel = grid.panel(0, 0);
  const single = distinct(records, "T").flatMap((T) =>
    distinct(records, "sigma2").map((sigma2) => {
      const points = records.filter((r) => r.T === T && r.sigma2 === sigma2);
      const y = points.map((r) => r.mean / oneFitError(r));
      return faintLine(
        { x: points.map((r) => r.iteration), y, colour, name: "one condition" },
        panel,
      );
    }),
  );
  const pooled = pooledRatios(records);
  const x = pooled.map((p) => p.iteration);
  const name = "mean of all conditions, 95 % band";
  const { d, T, sigma2 } = records[0];
  const exact = x.map((n) => accumulateError({ d, T, sigma2, n }) / oneFitError(records[0]));
  return {
    name: "linear-limit",
    data: compact([
      ...single,
      band(
        { x, low: pooled.map((p) => p.low), high: pooled.map((p) => p.high), colour, name },
        panel,
      ),
      line({ x, y: pooled.map((p) => p.mean), colour, name }, panel),
      guide({ x, y: exact, colour: "#222222", name: "Σ 1/i² (Theorem 2)" }, panel),
      guide({ x, y: x.map(() => accumulateRatioLimit), colour: MUTED, name: "π²/6" }, panel, "dot"),
    ]),
    layout: grid.layout,
    alt: "Test error under Accumulate relative to the expected error of one fit, against iteration: the mean over all conditions follows the partial sums of 1/i² towards π²/6 = 1.645, the limit of the expected error for the same X and the same noise in every round; means of single conditions scatter around it.",
    provenance: {
      ...provenance,
      seeds: seedsOf(records),
      dataset: `${provenance.dataset}: Gaussian X, the same X and σ² every round, equal batches, T ≥ d + 2, no ridge`,
    },
  };
}
