import type { Grid, LinearPreset } from "./presets";

export type Part = "figure-07" | "figure-16" | "variants" | "sweep" | "subsample";

/** What a round differs in from the paper's setting. */
export type Variant = "paper" | "fresh-x" | "clean-start" | "clean-labels";

/** One set of chains: a regime at one d and T, for all noise levels and seeds. */
export interface Cell {
  readonly part: Part;
  readonly variant: Variant;
  readonly regime: string;
  readonly d: number;
  readonly T: number;
  readonly sigma2: readonly number[];
  readonly iterations: number;
  readonly seeds: number;
}

const MAIN = ["replace", "replace-multiple", "accumulate"];

/** All cells of a preset, in the order of the figures. */
export function cellsOf(preset: LinearPreset): Cell[] {
  const { figure7, figure16, variants, sweep, subsample } = preset;
  const shapes = sweep.d.flatMap((d) => sweep.T.filter((T) => T >= d + 2).map((T) => ({ d, T })));
  return [
    ...gridCells("figure-07", "paper", ["replace", "accumulate"], figure7),
    ...gridCells("figure-16", "paper", MAIN, figure16),
    ...(["fresh-x", "clean-start", "clean-labels"] as const).flatMap((variant) =>
      gridCells("variants", variant, MAIN, variants),
    ),
    ...shapes.flatMap(({ d, T }) =>
      ["replace", "accumulate", "accumulate-subsample"].map((regime): Cell => {
        const { sigma2, iterations, seeds } = sweep;
        return { part: "sweep", variant: "paper", regime, d, T, sigma2, iterations, seeds };
      }),
    ),
    ...gridCells("subsample", "paper", ["accumulate-subsample"], subsample),
  ];
}

/** Noise of the real and of the later labels. */
export function noises(variant: Variant, sigma2: number): { sigma2: number; sigmaLater2: number } {
  return {
    sigma2: variant === "clean-start" ? 0 : sigma2,
    sigmaLater2: variant === "clean-labels" ? 0 : sigma2,
  };
}

/** Iterations that go into the records: all of a figure, every one to 10 and then fewer of a sweep. */
export function recorded({ part, iterations }: Pick<Cell, "part" | "iterations">): number[] {
  const all = Array.from({ length: iterations }, (_, i) => i + 1);
  if (part !== "sweep" && part !== "subsample") return all;
  const kept = [12, 15, 20, 25, 30, 40, 50, 60, 80, 100, 120, 150, 200, 250, 300];
  return all.filter((n) => n <= 10 || kept.includes(n) || n === iterations);
}

function gridCells(
  part: Part,
  variant: Variant,
  regimes: readonly string[],
  { d, T, sigma2, iterations, seeds }: Grid,
): Cell[] {
  return regimes.flatMap((regime) =>
    T.map((items) => ({ part, variant, regime, d, T: items, sigma2, iterations, seeds })),
  );
}
