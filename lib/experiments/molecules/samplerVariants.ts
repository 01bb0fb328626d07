import { type SamplerOptions, samplerOptions } from "../../models/geodiff/samplerOptions";

/** One way to choose the noise levels of the paper's 50 diffusion steps. */
export interface SamplerVariant {
  /** In figures. */
  readonly label: string;
  readonly sampling: SamplerOptions;
}

/** Diffusion steps per sample, as the paper states. */
const STEPS = 50;

/**
 * What GeoDiff's published code does when it is asked for 50 steps: it visits the last 50 of the 5,000
 * noise levels, from σ = 12.2 Å to 11.6 Å. Steps of that size pull atoms together and move them by more
 * than an ångström until the end. The paper does not say that its authors did anything else.
 */
export const lastLevels: SamplerVariant = {
  label: "last 50 levels",
  sampling: samplerOptions.parse({ steps: STEPS, method: "langevin", pick: "last" }),
};

/**
 * 50 levels spread evenly over the whole schedule, down to almost no noise. The steps are DDPM's, whose
 * size depends on the distance to the next level; Langevin steps are sized for all 5,000 levels and
 * would move the atoms only part of the way.
 */
export const evenLevels: SamplerVariant = {
  label: "50 levels over the whole schedule",
  sampling: samplerOptions.parse({ steps: STEPS, method: "ddpm", pick: "even" }),
};
