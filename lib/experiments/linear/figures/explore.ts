import { UserError } from "../../../errors";
import type { Figure } from "../../../figures/figure";
import { panelGrid } from "../../../figures/layout";
import { INK, regimeColour, regimeLabel } from "../../../figures/style";
import { legendKey, legendOnce, line, theory } from "../../../figures/traces";
import { versions } from "../../../store/versions";
import type { Row } from "../../experiment";
import { distinct, type LinearRecord, select } from "../records";
import { bandIfAny, guide } from "./guide";
import { leadingOrderOfMedian } from "./medians";
import { seedList } from "./seedList";

/**
 * The rows of `explore`: mean with 95 % band where the mean exists for certain, else median with its
 * 95 % band; dashed the exact expected error, dotted one fit's median times the growth to leading
 * order in d/T. No line where neither is known.
 * @throws UserError if there are no rows
 */
export function exploreFigure(rows: readonly Row[], options: { log?: boolean } = {}): Figure {
  const records = select(rows, {});
  if (records.length === 0) throw new UserError("There are no rows of test errors to draw.");
  const { d, T, sigma2, n } = records[0];
  const grid = panelGrid({
    title: `d = ${d}, T = ${T}, σ² = ${sigma2}`,
    x: { title: "iteration" },
    y: { title: "test squared error", log: options.log ?? false },
    legend: "",
    legendWidth: 220,
    panelHeight: 360,
  });
  const panel = grid.panel(0, 0);
  const names = distinct(records, "regime");
  const data = names.flatMap((regime) => {
    const points = records.filter((record) => record.regime === regime);
    const x = points.map((r) => r.iteration);
    const colour = regimeColour(regime);
    const known = meanExists(points[0]);
    const name = known ? regimeLabel(regime) : `${regimeLabel(regime)} (median)`;
    const values = (of: (r: LinearRecord) => number | null | undefined) =>
      points.map((r) => of(r) ?? null);
    const low = values((r) => (known ? r.low : r.medianLow));
    const high = values((r) => (known ? r.high : r.medianHigh));
    const order = leadingOrderOfMedian(points);
    const dotted = { x, y: order, colour: INK, name: "to leading order in d/T" };
    return [
      ...bandIfAny({ x, low, high, colour, name, floor: 1e-12 }, panel),
      line({ x, y: values((r) => (known ? r.mean : r.median)), colour, name }, panel),
      ...(points[0].expected === undefined
        ? []
        : [theory({ x, y: values((r) => r.expected), name }, panel)]),
      ...(points[0].leadingOrder === undefined ? [] : [guide(dotted, panel, "dot")]),
    ];
  });
  return {
    name: "linear-explore",
    data: legendOnce([...data, legendKey("theory", panel)]),
    layout: grid.layout,
    alt: `Test squared error against iteration under ${names.join(", ")} at d = ${d}, T = ${T}, σ² = ${sigma2}.`,
    provenance: {
      preset: "",
      dataset: "generated linear regression",
      seeds: seedList(n),
      versions: versions(),
    },
  };
}

/** Whole blocks have a finite mean from T = d + 2 on; subsets of rows may be too few of them. */
function meanExists({ expected }: LinearRecord): boolean {
  return expected !== undefined;
}
