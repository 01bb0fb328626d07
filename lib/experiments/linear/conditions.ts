import { regime } from "../../pool/parseRegime";
import type { Regime } from "../../pool/regime";
import type { Condition } from "../../theory/index";
import { conditionOf, type LinearConfig } from "./config";
import { type LinearPreset, type Variant, variantConfig } from "./preset";

/** Conditions of a variant that share a regime, d and T, and differ in the noise level. */
export interface Conditions {
  readonly variant: string;
  readonly regime: Regime;
  /** Noise levels σ². */
  readonly sigma2: readonly number[];
  /** The condition of each noise level. */
  readonly each: readonly Condition[];
  readonly iterations: number;
  /** Seeds 0 … seeds−1. */
  readonly seeds: number;
}

/** All conditions of a variant: every regime with every d and T ≥ d + 2 of its grid. */
export function conditionsOf(preset: LinearPreset, variant: Variant): Conditions[] {
  const base = variantConfig(preset, variant);
  const { grid, chains } = variant;
  const sizes = grid.d.flatMap((d) => grid.T.filter((T) => T >= d + 2).map((T) => ({ d, T })));
  return sizes.flatMap((size) =>
    chains.flatMap(({ regimes, iterations, seeds }) =>
      regimes.map((spec) => ({
        variant: variant.name,
        regime: regime(spec),
        sigma2: grid.sigma2,
        each: grid.sigma2.map((sigma2) => conditionOf(withSizes(base, { ...size, sigma2 }))),
        iterations,
        seeds,
      })),
    ),
  );
}

/** A variant's config at one point of its grid. */
export function withSizes(
  { data, sampling, ...rest }: LinearConfig,
  { d, T, sigma2 }: { readonly d: number; readonly T: number; readonly sigma2: number },
): LinearConfig {
  return {
    ...rest,
    data: { ...data, d, trainItems: T, sigma2: sigma2 * data.sigma2 },
    sampling: { ...sampling, sigma2: sigma2 * sampling.sigma2 },
  };
}
