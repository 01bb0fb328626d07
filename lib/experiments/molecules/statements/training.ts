import type { Claim } from "../../../claims/claim";
import { finite, type Measured } from "../../../claims/measured";
import { threshold } from "../../../claims/threshold";
import type { Variant } from "../preset";
import { publishedLoss } from "../published";
import { BOUND } from "./regimes";

/** What accumulate's loss does when a larger pool is also trained on for longer. */
export function trainingClaims(measured: Measured, main: Variant, grown: Variant): Claim[] {
  const { name, label } = grown;
  const n = Math.min(measured.last(name, "accumulate"), measured.last(main.name, "accumulate"));
  if (n < 1) return [];
  const drift = (variant: string, seed: number) =>
    measured.at(variant, "accumulate", seed, n, "loss") /
    measured.at(variant, "accumulate", seed, 0, "loss");
  const runs = measured.runs(name, "accumulate", n);
  return [
    threshold({
      id: `molecules.${name}.accumulate-bounded`,
      statement: `Figure 4 with ${label}: under accumulate the test loss at iteration ${n} is below twice the first model's (ratio < ${BOUND})`,
      summary: measured.overSeeds((seed) => drift(name, seed)),
      below: BOUND,
      published: finite(publishedLoss("accumulate", n) / publishedLoss("accumulate", 0)),
      runs,
    }),
    threshold({
      id: `molecules.${name}.smaller-drift`,
      statement: `Accumulate's loss drifts because real conformers are seen less often in a larger pool: at iteration ${n} it has drifted less with ${label} (ratio of the two ratios to iteration 0 > 1)`,
      summary: measured.overSeeds((seed) => drift(main.name, seed) / drift(name, seed)),
      above: 1,
      runs: [...measured.runs(main.name, "accumulate", n), ...runs],
    }),
  ];
}
