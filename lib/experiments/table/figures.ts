import { curves } from "../../figures/curves";
import type { Figure, Provenance } from "../../figures/figure";
import { regimeLabel } from "../../figures/style";
import { groupBy, summarise } from "../../metrics/statistics";
import type { Row } from "../experiment";
import { iterationsOf } from "../select";

/** Test error, and distance from the real data's fit, against iteration, beside what theory expects. */
export function tableFigures(
  rows: readonly Row[],
  _preset: unknown,
  provenance: Provenance,
): Figure[] {
  const metrics = rows.filter(({ kind }) => kind === "metrics");
  return [
    curves({
      name: "table-test-error",
      title: "Least squares: squared error on held-out rows",
      alt: `Mean squared error on held-out rows against iteration, in units of the label's variance, with the exact expectation given the real rows (dashed) and the error of the training labels' mean (dotted). ${endsOf(metrics, "testError")}`,
      provenance,
      rows: metrics,
      metrics: [
        {
          column: "testError",
          title: "Squared error",
          reference: { column: "meanError", name: "the mean alone" },
          theory: "expected",
        },
      ],
    }),
    curves({
      name: "table-drift",
      title: "Least squares: distance from the fit on real data",
      alt: `Squared distance of each model's predictions from those of the fit on real data, in units of what the labels' noise adds in one round, with its exact expectation (dashed): n − 1 under Replace, 1/2² + … + 1/n² under Accumulate. The dotted level 1 is what one fit is away from the truth on average. ${endsOf(metrics, "drift")}`,
      provenance,
      rows: metrics,
      metrics: [
        {
          column: "drift",
          title: "Distance (σ̂² d / T)",
          reference: { column: "oneFit", name: "noise of one fit" },
          theory: "expectedDrift",
        },
      ],
    }),
  ];
}

/** "At iteration 10 its mean over seeds is 0.31 under Replace, 0.28 under …." */
function endsOf(rows: readonly Row[], column: string): string {
  const last = Math.max(...iterationsOf(rows));
  const ends = groupBy(rows, ["regime"]).flatMap(({ key, rows: own }) => {
    const values = own
      .filter(({ iteration }) => iteration === last)
      .map((row) => Number(row[column]));
    if (values.length === 0) return [];
    return [`${summarise(values).mean.toPrecision(3)} under ${regimeLabel(String(key.regime))}`];
  });
  return `At iteration ${last} its mean over seeds is ${ends.join(", ")}.`;
}
