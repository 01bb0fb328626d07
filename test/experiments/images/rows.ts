import type { Row } from "../../../lib/metrics/row";

/** Test metrics of one generation. */
export interface Metrics {
  readonly loss: number;
  readonly mse: number;
  readonly sampleDiversity: number;
}

/** Records like those of a run with known metrics: 3 regimes × seeds × iterations 0 … 3. */
export function metricRows(
  seeds: readonly number[],
  metrics: (regime: string, seed: number, iteration: number) => Partial<Metrics>,
): Row[] {
  return ["replace", "accumulate", "accumulate-subsample"].flatMap((regime) =>
    seeds.flatMap((seed) =>
      [0, 1, 2, 3].map((iteration) => ({
        kind: "metrics",
        variant: "main",
        regime,
        seed,
        iteration,
        ...{ loss: 100, mse: 0.02, sampleDiversity: 8 },
        ...metrics(regime, seed, iteration),
        run: `${regime}-${seed}-${iteration}`,
      })),
    ),
  );
}

/**
 * What the paper says, in numbers with a little spread over the seeds 0, 1, 2: under replace the
 * loss grows by 9, 10 and 11 % of the baseline a round, under accumulate by 2 % in all.
 */
export const asPublished = (regime: string, seed: number, iteration: number): Metrics => {
  const rate = regime === "replace" ? 0.09 + 0.01 * seed : (0.019 + 0.001 * seed) / 3;
  const growth = 1 + rate * iteration;
  return {
    loss: 100 * growth + (regime === "accumulate-subsample" ? 4 * iteration : 0),
    mse: 0.02 * growth,
    sampleDiversity: 8 * (regime === "replace" ? 1 - rate * iteration : 1),
  };
};
