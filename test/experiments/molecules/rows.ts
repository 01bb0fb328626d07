import { MoleculesPreset } from "../../../lib/experiments/molecules/preset";
import { PRESETS_OF_MOLECULES } from "../../../lib/experiments/molecules/presets";
import type { Row } from "../../../lib/metrics/row";
import { type Point, pointsOf } from "../support";

const kinds = (...names: string[]) => names.map((kind) => ({ kind }));
const { quick } = PRESETS_OF_MOLECULES;

/** Four regimes and both samplers. */
export const PRESET: MoleculesPreset = MoleculesPreset.parse({
  ...quick,
  variants: [
    {
      ...quick.variants[0],
      chains: [
        { regimes: kinds("replace", "accumulate"), iterations: 5, seeds: 3 },
        { regimes: kinds("replace-multiple", "accumulate-subsample"), iterations: 3, seeds: 3 },
      ],
    },
    {
      ...quick.variants[1],
      chains: [{ regimes: kinds("replace", "accumulate"), iterations: 4, seeds: 3 }],
    },
  ],
});

/** Loss of a regime from iteration 1 on, relative to iteration 0. */
const LEVEL: Readonly<Record<string, number>> = {
  replace: 6,
  accumulate: 1.5,
  "replace-multiple": 5,
  "accumulate-subsample": 2,
};

/**
 * What the paper says, in numbers with a little spread over the seeds: under replace the loss jumps to
 * 6, 6.1 and 6.2 times the first and grows by a hundredth of that a round; where sampling steps go
 * down to no noise, the jump is a third as large.
 */
export function asPublished({ variant, regime, seed, iteration }: Point): Row {
  const jump = LEVEL[regime] * (variant === "even-levels" ? 1 / 3 + 0.2 : 1) + 0.1 * seed;
  const ratio = iteration === 0 ? 1 : jump * (1 + 0.01 * (iteration - 1));
  const first = 50 + seed;
  return {
    loss: first * ratio,
    global: 0.4 * first * ratio,
    local: 0.6 * first * ratio,
    ...{ covR: 0.5, covP: 0.4, matR: 1 + iteration / 10, matP: 1.2 },
    ...{ jsBonds: (0.1 + 0.01 * seed) * (regime === "replace" ? iteration : 1), jsAngles: 0.2 },
    ...{ jsTorsions: 0.3, clashes: 0.1, brokenBonds: 0.05, energy: 4, diverged: 0 },
  };
}

const ETHANE = {
  ...{ molecule: 7, smiles: "CC", atomicNumbers: "6 6 1 1 1 1 1 1" },
  bonds: "0-1 0-2 0-3 0-4 1-5 1-6 1-7",
  positions:
    "0.00 0.00 0.77 0.00 0.00 -0.77 1.02 0.00 1.16 -0.51 0.88 1.16 -0.51 -0.88 1.16 " +
    "-1.02 0.00 -1.16 0.51 0.88 -1.16 0.51 -0.88 -1.16",
};

/** Records like those of a run of the preset with known metrics. */
export function publishedRows(
  preset: MoleculesPreset = PRESET,
  metrics: (point: Point) => Row = asPublished,
): Row[] {
  const rows = pointsOf(preset.variants, 0).flatMap((point): Row[] => {
    const { variant, regime, seed, iteration } = point;
    const found = metrics(point);
    const levels = [0.01, 1, 12].map((sigma, t) => ({
      ...{ kind: "level", ...point, t, sigma },
      ...{ global: Number(found.global) * (1 + t), local: Number(found.local) },
    }));
    const coverage = [0.5, 1.25, 3].map((threshold) => ({
      ...{ kind: "coverage", ...point, threshold },
      ...{ covR: threshold / 3, covP: threshold / 4 },
    }));
    const conformer = {
      ...{ kind: "conformer", ...point, molecule: ETHANE.molecule },
      positions: ETHANE.positions.replace(/0\.77/g, `${0.77 + 0.1 * iteration}`),
    };
    return [
      {
        ...{ kind: "metrics", ...point, ...found, poolDiverged: 0 },
        run: `${variant}-${regime}-${seed}-${iteration}`,
      },
      ...levels,
      ...coverage,
      ...(seed === 0 ? [conformer] : []),
    ];
  });
  return [
    ...rows,
    {
      ...{ kind: "baseline", jsBonds: 0.04, jsAngles: 0.05, jsTorsions: 0.1 },
      ...{ clashes: 0, brokenBonds: 0, energy: 0.1 },
    },
    { kind: "reference", ...ETHANE },
  ];
}
