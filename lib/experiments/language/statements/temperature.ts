import type { Claim } from "../../../claims/claim";
import { finite, type Measured } from "../../../claims/measured";
import { threshold } from "../../../claims/threshold";
import type { Variant } from "../preset";
import { publishedLoss } from "../published";

/** "Far worse": the loss rises at least so many times as much as at temperature 1. */
const FAR = 2;
/** Published: within 0.7 % of temperature 1 after five rounds. */
const NEAR = 1.05;

/** Figure 13 and Table 2: stories sampled at a low temperature. */
export function temperatureClaims(measured: Measured, main: Variant, cold: Variant): Claim[] {
  const claims: Claim[] = [];
  const both = (regime: string) =>
    Math.min(measured.last(main.name, regime), measured.last(cold.name, regime));
  const runs = (regime: string, n: number) => [
    ...measured.runs(cold.name, regime, n),
    ...measured.runs(main.name, regime, n),
  ];
  const n = both("replace");
  if (n >= 2) {
    const rise = (loss: (iteration: number) => number) => loss(n) - loss(1);
    const ratio = (loss: (variant: Variant) => (iteration: number) => number) =>
      rise(loss(cold)) / rise(loss(main));
    claims.push(
      threshold({
        id: `language.${cold.name}.replace-far-worse`,
        statement: `Figure 13: under replace at ${cold.label} the test cross-entropy rises far more by iteration ${n} than at temperature 1 (ratio of the rises > ${FAR})`,
        summary: measured.overSeeds((seed) =>
          ratio(
            ({ name }) =>
              (i) =>
                measured.at(name, "replace", seed, i, "loss"),
          ),
        ),
        above: FAR,
        published: finite(
          ratio(
            ({ published }) =>
              (i) =>
                publishedLoss(published, "replace", i) ?? Number.NaN,
          ),
        ),
        runs: runs("replace", n),
      }),
    );
    const gap = (of: (variant: Variant, iteration: number) => number) =>
      Math.min(...Array.from({ length: n - 1 }, (_, i) => of(cold, i + 2) - of(main, i + 2)));
    claims.push(
      threshold({
        id: `language.${cold.name}.replace-above`,
        statement: `Figure 13: under replace at ${cold.label} the test cross-entropy is above temperature 1's at every iteration from 2 on (smallest difference in nats a token > 0)`,
        summary: measured.overSeeds((seed) =>
          gap(({ name }, iteration) => measured.at(name, "replace", seed, iteration, "loss")),
        ),
        above: 0,
        published: finite(
          gap(({ published }, i) => publishedLoss(published, "replace", i) ?? Number.NaN),
        ),
        runs: runs("replace", n),
      }),
    );
  }
  const m = both("accumulate");
  if (m >= 2) {
    const theirs = [cold, main].map(
      ({ published }) => publishedLoss(published, "accumulate", m) ?? Number.NaN,
    );
    claims.push(
      threshold({
        id: `language.${cold.name}.accumulate-same`,
        statement: `Figure 13: under accumulate at ${cold.label} the test cross-entropy at iteration ${m} is within 5 % of temperature 1's (ratio < ${NEAR})`,
        summary: measured.overSeeds(
          (seed) =>
            measured.at(cold.name, "accumulate", seed, m, "loss") /
            measured.at(main.name, "accumulate", seed, m, "loss"),
        ),
        below: NEAR,
        published: finite(theirs[0] / theirs[1]),
        runs: runs("accumulate", m),
      }),
    );
  }
  return claims;
}
