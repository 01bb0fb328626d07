import { regimeLabel } from "../../../figures/style";
import { groupBy } from "../../../metrics/statistics";
import type { Row } from "../../experiment";
import { distinct, iterationsOf } from "./select";

/**
 * How much a metric changes in each regime from the first to the last iteration, on average over
 * models and seeds, as a sentence computed from the records: "Mean change since iteration 1: +12.3 %
 * under Replace by iteration 5, −3.0 % under Accumulate by iteration 5."
 */
export function trend(rows: readonly Row[], metric: string): string {
  const changes = distinct(rows, "regime").flatMap((regime) => {
    const selected = rows.filter((row) => row.regime === regime);
    const last = Math.max(...iterationsOf(selected));
    const ratios = groupBy(selected, ["label", "seed"]).flatMap((chain) => {
      const at = (iteration: number) =>
        Number(chain.rows.find((row) => row.iteration === iteration)?.[metric]);
      const ratio = at(last) / at(1);
      return last > 1 && Number.isFinite(ratio) ? [ratio] : [];
    });
    if (ratios.length === 0) return [];
    const percent = 100 * (ratios.reduce((a, b) => a + b, 0) / ratios.length - 1);
    const sign = percent < 0 ? "−" : "+";
    return `${sign}${Math.abs(percent).toFixed(1)} % under ${regimeLabel(regime)} by iteration ${last}`;
  });
  return changes.length === 0 ? "" : `Mean change since iteration 1: ${changes.join(", ")}.`;
}
