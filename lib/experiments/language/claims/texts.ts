import type { Claim } from "../../../claims/claim";
import { compare } from "../../../claims/compare";
import type { Measured } from "../../../claims/measured";
import type { Variant } from "../preset";

/** Beyond the paper: what the sampled stories lose under replace. */
export function textClaims(measured: Measured, { name }: Variant): Claim[] {
  const last = measured.last(name, "replace");
  const replace = { variant: name, regime: "replace" };
  const sinceFirst = {
    measured,
    of: { ...replace, iteration: last },
    to: { ...replace, iteration: 1 },
  };
  const tails = compare({
    ...sinceFirst,
    id: "language.replace.tails",
    statement: `Under replace rare phrases of the real stories disappear by iteration ${last} (share still sampled, ratio to iteration 1 < 1)`,
    metric: "tailCoverage",
    by: "ratio",
    below: 1,
  });
  if (!measured.has("kl")) return [tails];
  return [
    tails,
    compare({
      ...sinceFirst,
      id: "language.replace.divergence",
      statement: `On the grammar: under replace the KL divergence from it rises by iteration ${last} (difference in nats per story > 0)`,
      metric: "kl",
      by: "difference",
      above: 0,
    }),
    compare({
      ...sinceFirst,
      id: "language.replace.ungrammatical",
      statement: `On the grammar: under replace more sampled stories are ungrammatical by iteration ${last} (difference of shares > 0)`,
      metric: "ungrammatical",
      by: "difference",
      above: 0,
    }),
  ];
}
