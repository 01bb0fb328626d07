import type { Claim } from "../../../claims/claim";
import type { Measured } from "../../../claims/measured";
import { threshold } from "../../../claims/threshold";
import type { Variant } from "../preset";

/** Beyond the paper: what the sampled stories lose under replace. */
export function textClaims(measured: Measured, { name }: Variant): Claim[] {
  const last = measured.last(name, "replace");
  const at = (seed: number, n: number, metric: string) =>
    measured.at(name, "replace", seed, n, metric);
  const runs = measured.runs(name, "replace", last);
  const claims = [
    threshold({
      id: "language.replace.tails",
      statement: `Under replace rare phrases of the real stories disappear by iteration ${last} (share still sampled, ratio to iteration 1 < 1)`,
      summary: measured.overSeeds(
        (seed) => at(seed, last, "tailCoverage") / at(seed, 1, "tailCoverage"),
      ),
      below: 1,
      runs,
    }),
  ];
  if (!measured.has("kl")) return claims;
  const rise = (metric: string) =>
    measured.overSeeds((seed) => at(seed, last, metric) - at(seed, 1, metric));
  return [
    ...claims,
    threshold({
      id: "language.replace.divergence",
      statement: `On the grammar: under replace the KL divergence from it rises by iteration ${last} (nats a story > 0)`,
      summary: rise("kl"),
      above: 0,
      runs,
    }),
    threshold({
      id: "language.replace.ungrammatical",
      statement: `On the grammar: under replace more sampled stories are ungrammatical by iteration ${last} (difference of shares > 0)`,
      summary: rise("ungrammatical"),
      above: 0,
      runs,
    }),
  ];
}
