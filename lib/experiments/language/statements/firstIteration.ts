import type { Claim } from "../../../claims/claim";
import { finite, type Measured } from "../../../claims/measured";
import { threshold } from "../../../claims/threshold";
import type { Variant } from "../preset";
import { publishedLoss } from "../published";

/** Figure 14: how good the first model is does not decide which regime is worse. */
export function firstIterationClaim(
  measured: Measured,
  { name, label, published }: Variant,
): Claim {
  const n = Math.min(measured.last(name, "replace"), measured.last(name, "accumulate"));
  const theirs = ["replace", "accumulate"].map(
    (regime) => publishedLoss(published, regime, n) ?? Number.NaN,
  );
  return threshold({
    id: `language.${name}.replace-above-accumulate`,
    statement: `Figure 14, ${label}: at iteration ${n} the test cross-entropy under replace is above accumulate's (difference in nats a token > 0)`,
    summary: measured.overSeeds(
      (seed) =>
        measured.at(name, "replace", seed, n, "loss") -
        measured.at(name, "accumulate", seed, n, "loss"),
    ),
    above: 0,
    published: finite(theirs[0] - theirs[1]),
    runs: [...measured.runs(name, "replace", n), ...measured.runs(name, "accumulate", n)],
  });
}
