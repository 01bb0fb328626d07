import { LanguagePreset, type Variant } from "../../../lib/experiments/language/preset";
import { PRESETS_OF_LANGUAGE } from "../../../lib/experiments/language/presets";
import type { Row } from "../../../lib/metrics/row";
import { type Point, pointsOf } from "../support";

const both = [{ kind: "replace" }, { kind: "accumulate" }];
const { quick } = PRESETS_OF_LANGUAGE;

const first = (epochs: number): Variant => ({
  ...{ name: `first-${epochs}`, label: `${epochs} epochs`, role: "first-iteration" },
  ...{ published: `first-${epochs}`, changes: { training: { firstEpochs: epochs } } },
  chains: [{ regimes: both, iterations: 3, seeds: 3 }],
});

/** The grammar at five iterations, with every kind of variant. */
export const PRESET: LanguagePreset = LanguagePreset.parse({
  ...quick,
  variants: [
    {
      ...quick?.variants[0],
      chains: [
        { regimes: both, iterations: 5, seeds: 3 },
        {
          regimes: [{ kind: "replace-multiple" }, { kind: "accumulate-subsample" }],
          iterations: 4,
          seeds: 3,
        },
      ],
    },
    { ...quick?.variants[1], chains: [{ regimes: both, iterations: 5, seeds: 3 }] },
    first(0.25),
    first(0.5),
  ],
});

/** Loss gained by iteration n over iteration 1, in nats per token, without the seed's part. */
const GAIN: Readonly<Record<string, number>> = {
  replace: 0.1,
  accumulate: -0.01,
  "replace-multiple": 0.05,
  "accumulate-subsample": 0.03,
};

/**
 * What the paper says, in numbers with a little spread over the seeds: under replace the loss
 * gains 0.10, 0.11, 0.12 nats per round, four times that at temperature 0.3.
 */
export function asPublished({ variant, regime, seed, iteration }: Point): Row {
  const cold = variant === "temperature-0.3" && regime === "replace" ? 4 : 1;
  const rounds = iteration - 1;
  const rise = cold * GAIN[regime] * (1 + 0.1 * seed) * rounds;
  return {
    loss: 2 + 0.1 * seed + rise,
    distinct2: 0.5 - 0.01 * rounds,
    selfBleu: 0.3 + 0.01 * rounds,
    tailCoverage: 0.4 - (0.05 + 0.001 * seed) * rounds,
    knownWords: 0.99,
    meanTokens: 100,
    kl: 10 + (1 + 0.1 * seed) * rounds,
    ungrammatical: 0.2 + (0.1 + 0.01 * seed) * rounds,
  };
}

/** Records like those of a run of the preset with known metrics. */
export function recordsOf(
  preset: LanguagePreset = PRESET,
  metrics: (point: Point) => Row = asPublished,
): Row[] {
  return pointsOf(preset.variants, 1).flatMap((point) => {
    const { variant, regime, seed, iteration } = point;
    const found = metrics(point);
    const curve = [0.5, 1].map((epoch) => ({
      ...{ kind: "curve", ...point, epoch },
      ...{ step: 100 * iteration * epoch, testLoss: Number(found.loss) / epoch },
    }));
    const sample = { kind: "sample", ...point, story: 0, text: `Once <${iteration}>` };
    return [
      {
        ...{ kind: "metrics", ...point, ...found },
        run: `${variant}-${regime}-${seed}-${iteration}`,
      },
      ...curve,
      {
        ...{ kind: "histogram", ...point },
        ...{ from: 1, width: 0.05, counts: `1 ${iteration} 0 3` },
      },
      {
        ...{ kind: "surprisal", ...point },
        ...{ from: 20, width: 2, counts: iteration > 4 ? "" : "1 2 3" },
      },
      ...(seed === 0 ? [sample] : []),
    ];
  });
}
