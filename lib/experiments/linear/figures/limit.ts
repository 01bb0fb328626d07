import type { Figure, Provenance } from "../../../figures/figure";
import { panelGrid } from "../../../figures/layout";
import { MUTED, regimeColour } from "../../../figures/style";
import { band, faintLine, line } from "../../../figures/traces";
import { accumulateError, accumulateRatioLimit, oneFitError } from "../../../theory/index";
import type { Row } from "../../experiment";
import { distinct, select } from "../records";
import { compact, isDrawn } from "./compact";
import { guide } from "./guide";
import { pooledRatios } from "./pooled";

/** The π²/6 limit: Accumulate's error over that of one fit, all settings of Figure 16 on one axis. */
export function limitFigure(rows: readonly Row[], provenance: Provenance): Figure {
  const records = select(rows, { part: "figure-16", regime: "accumulate" }).filter(isDrawn);
  const colour = regimeColour("accumulate");
  const grid = panelGrid({
    title: "Accumulating costs at most π²/6 times the error of one fit, whatever d, T and σ²",
    x: { title: "iteration", log: true, ticks: [1, 2, 5, 10, 20, 50, 100, 200] },
    y: { title: "test error ÷ error of one fit (v)" },
    panelHeight: 360,
    legend: "",
    legendWidth: 220,
  });
  const panel = grid.panel(0, 0);
  const single = distinct(records, "T").flatMap((T) =>
    distinct(records, "sigma2").map((sigma2) => {
      const own = records.filter((r) => r.T === T && r.sigma2 === sigma2);
      const y = own.map((r) => r.mean / oneFitError(r));
      return faintLine({ x: own.map((r) => r.iteration), y, colour, name: "one setting" }, panel);
    }),
  );
  const pooled = pooledRatios(records);
  const x = pooled.map((p) => p.iteration);
  const name = "mean of all settings, 95 % band";
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
    alt: "Test error under Accumulate relative to one fit, against iteration: the measured mean follows the partial sums of 1/i² and stays under π²/6 = 1.645.",
    provenance,
  };
}
