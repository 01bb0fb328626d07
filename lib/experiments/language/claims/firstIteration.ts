import type { Claim } from "../../../claims/claim";
import { compare } from "../../../claims/compare";
import type { Measured } from "../../../claims/measured";
import type { Variant } from "../preset";
import { publishedAt } from "../published";

/** Figure 14: the quality of the first model does not decide which regime is worse. */
export function firstIterationClaim(measured: Measured, variant: Variant): Claim {
  const { name, label } = variant;
  const iteration = Math.min(measured.last(name, "replace"), measured.last(name, "accumulate"));
  return compare({
    id: `language.${name}.replace-above-accumulate`,
    statement: `Figure 14, ${label}: at iteration ${iteration} the test cross-entropy under replace is above that under accumulate (difference in nats per token > 0)`,
    measured,
    metric: "loss",
    of: { variant: name, regime: "replace", iteration },
    to: { variant: name, regime: "accumulate", iteration },
    by: "difference",
    above: 0,
    published: publishedAt(variant),
  });
}
