import type { Claim } from "../../../claims/claim";
import { compare } from "../../../claims/compare";
import { finite, type Measured } from "../../../claims/measured";
import { threshold } from "../../../claims/threshold";
import type { Variant } from "../preset";
import { publishedLoss } from "../published";

/** "Far more": the rise is at least this many times the one at temperature 1. */
const FAR = 2;
/** Published: within 0.7 % of temperature 1 after five rounds. */
const NEAR = 1.05;

/** The loss of a variant at an iteration of the regime under discussion. */
type LossAt = (variant: Variant, iteration: number) => number;

/** Figure 13 and Table 2: stories sampled at a low temperature. */
export function temperatureClaims(measured: Measured, main: Variant, cold: Variant): Claim[] {
  const last = (regime: string) =>
    Math.min(measured.last(main.name, regime), measured.last(cold.name, regime));
  const [n, m] = [last("replace"), last("accumulate")];
  return [
    ...(n < 2 ? [] : [farWorse(measured, main, cold, n), above(measured, main, cold, n)]),
    ...(m < 2 ? [] : [same(measured, main, cold, m)]),
  ];
}

function farWorse(measured: Measured, main: Variant, cold: Variant, n: number): Claim {
  const ratio = (loss: LossAt) => (loss(cold, n) - loss(cold, 1)) / (loss(main, n) - loss(main, 1));
  return threshold({
    id: `language.${cold.name}.replace-far-worse`,
    statement: `Figure 13: under replace at ${cold.label} the test cross-entropy rises far more by iteration ${n} than at temperature 1 (ratio of the rises > ${FAR})`,
    above: FAR,
    ...underReplace(measured, main, cold, n, ratio),
  });
}

function above(measured: Measured, main: Variant, cold: Variant, n: number): Claim {
  const gap = (loss: LossAt) =>
    Math.min(...Array.from({ length: n - 1 }, (_, i) => loss(cold, i + 2) - loss(main, i + 2)));
  return threshold({
    id: `language.${cold.name}.replace-above`,
    statement: `Figure 13: under replace at ${cold.label} the test cross-entropy is above that at temperature 1 at every iteration from 2 on (smallest difference in nats per token > 0)`,
    above: 0,
    ...underReplace(measured, main, cold, n, gap),
  });
}

function same(measured: Measured, main: Variant, cold: Variant, iteration: number): Claim {
  const place = { regime: "accumulate", iteration };
  return compare({
    id: `language.${cold.name}.accumulate-same`,
    statement: `Figure 13: under accumulate at ${cold.label} the test cross-entropy at iteration ${iteration} is within 5 % of that at temperature 1 (ratio < ${NEAR})`,
    measured,
    metric: "loss",
    of: { variant: cold.name, ...place },
    to: { variant: main.name, ...place },
    by: "ratio",
    below: NEAR,
    published: ({ variant, regime }) =>
      publishedLoss((variant === main.name ? main : cold).published, regime, iteration),
  });
}

/** A statistic of the losses of both variants under replace, ours over seeds and the published one. */
function underReplace(
  measured: Measured,
  main: Variant,
  cold: Variant,
  n: number,
  statistic: (loss: LossAt) => number,
): Pick<Parameters<typeof threshold>[0], "summary" | "published" | "runs"> {
  return {
    summary: measured.overSeeds((seed) =>
      statistic(({ name }, iteration) => measured.at(name, "replace", seed, iteration, "loss")),
    ),
    published: finite(
      statistic(
        ({ published }, iteration) => publishedLoss(published, "replace", iteration) ?? Number.NaN,
      ),
    ),
    runs: [cold, main].flatMap(({ name }) => measured.runs(name, "replace", n)),
  };
}
