import { images } from "../../../lib/experiments/images";
import type { ImagesPreset } from "../../../lib/experiments/images/preset";
import type { Row } from "../../../lib/metrics/row";

/** Test metrics of one generation. */
export interface Metrics {
  readonly loss: number;
  readonly mse: number;
  readonly sampleDiversity: number;
}

interface Run {
  readonly variant: string;
  readonly regimes: readonly string[];
  readonly iterations: readonly number[];
}

const MAIN_RUN: Run = {
  variant: "main",
  regimes: ["replace", "accumulate", "accumulate-subsample"],
  iterations: [0, 1, 2, 3],
};

/** Records like those of a run with known metrics: regimes × seeds × iterations. */
export function metricRows(
  seeds: readonly number[],
  metrics: (regime: string, seed: number, iteration: number) => Partial<Metrics>,
  { variant, regimes, iterations }: Run = MAIN_RUN,
): Row[] {
  return regimes.flatMap((regime) =>
    seeds.flatMap((seed) =>
      iterations.map((iteration) => ({
        kind: "metrics",
        variant,
        regime,
        seed,
        iteration,
        ...{ loss: 100, reconstruction: 90, kl: 10, mse: 0.02, activeUnits: 7 },
        ...{ sampleDiversity: 8, sampleSharpness: 0.1 },
        ...metrics(regime, seed, iteration),
        run: `${regime}-${seed}-${iteration}`,
      })),
    ),
  );
}

/** Ten iterations of two regimes, as in Figure 5. */
export const PUBLISHED_RUN: Run = {
  variant: "published-network",
  regimes: ["replace", "accumulate"],
  iterations: Array.from({ length: 10 }, (_, iteration) => iteration),
};

/** The preset laptop with the published network at a size of the tests' own. */
export function withPublishedRun(): ImagesPreset {
  const preset = images.presets.laptop!;
  const [main, other] = preset.variants;
  const { regimes, iterations } = PUBLISHED_RUN;
  const published = {
    ...other,
    changes: {
      ...other.changes,
      data: { dataset: "cifar-10", trainItems: 2000, testItems: 1000 },
      training: { ...(other.changes.training as object), epochs: 10 },
    },
    chains: [
      { regimes: regimes.map((kind) => ({ kind })), iterations: iterations.length, seeds: 2 },
    ],
  };
  return { ...preset, variants: [main, published] };
}

/** Pictures of 2 × 2 pixels: whole grids where {@link runImages} keeps them, 16 elsewhere. */
export function pictureRows({ variant, regimes, iterations }: Run, channels: 1 | 3): Row[] {
  const last = Math.max(...iterations);
  return regimes.flatMap((regime, r) =>
    iterations.flatMap((iteration) => {
      const first = iteration === 0 && r === 0;
      const count = first || iteration === last ? 144 : 16;
      const kinds = ["samples", "reconstructions", ...(first ? ["originals"] : [])];
      return kinds.map((kind, k) => ({
        ...{ kind, variant, regime, seed: 0, iteration, count, height: 2, width: 2, channels },
        // One value for each grid, so that a figure shows which it has.
        pixels: Buffer.alloc(count * 4 * channels, greyOf(r, iteration, k)).toString("base64"),
      }));
    }),
  );
}

/** The value that {@link pictureRows} fills a grid with. */
export const greyOf = (regime: number, iteration: number, kind: number): number =>
  100 * regime + 10 * iteration + kind;

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
