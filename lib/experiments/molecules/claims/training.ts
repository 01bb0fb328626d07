import type { Claim } from "../../../claims/claim";
import { compare } from "../../../claims/compare";
import type { Measured } from "../../../claims/measured";
import { threshold } from "../../../claims/threshold";
import type { Variant } from "../preset";
import { BOUND, publishedAt } from "./regimes";

/** What happens to accumulate's loss if larger pools are also trained on for longer. */
export function trainingClaims(measured: Measured, main: Variant, growing: Variant): Claim[] {
  const { name, label } = growing;
  const n = Math.min(measured.last(name, "accumulate"), measured.last(main.name, "accumulate"));
  if (n < 1) return [];
  const place = (variant: string, iteration: number) => ({
    ...{ variant, regime: "accumulate", iteration },
  });
  const drift = (variant: string, seed: number) =>
    measured.value(place(variant, n), seed, "loss") /
    measured.value(place(variant, 0), seed, "loss");
  return [
    compare({
      id: `molecules.${name}.accumulate-bounded`,
      statement: `Figure 4 with ${label}: under accumulate the test loss at iteration ${n} is below twice the first model's (ratio < ${BOUND})`,
      ...{ measured, metric: "loss", published: publishedAt },
      of: place(name, n),
      to: place(name, 0),
      by: "ratio",
      below: BOUND,
    }),
    threshold({
      id: `molecules.${name}.smaller-drift`,
      statement: `Accumulate's loss drifts because real conformers are seen less often in a larger pool: at iteration ${n} it has drifted less with ${label} (ratio of the two ratios to iteration 0 > 1)`,
      summary: measured.overSeeds((seed) => drift(main.name, seed) / drift(name, seed)),
      above: 1,
      runs: [...measured.runs(main.name, "accumulate", n), ...measured.runs(name, "accumulate", n)],
    }),
  ];
}
