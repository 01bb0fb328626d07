import { type SamplerOptions, samplerOptions } from "../../models/geodiff/samplerOptions";

/** A way to understand "50 diffusion steps", with its name in figures. */
export interface Reading {
  readonly label: string;
  readonly sampling: SamplerOptions;
}

/** Diffusion steps that the paper gives a prediction. */
const STEPS = 50;

/**
 * What GeoDiff's published code does when it is asked for 50 steps: it visits the last 50 of the 5,000
 * noise levels, from σ = 12.2 Å to 11.6 Å. Steps of that size pull atoms together, and throw them about
 * by more than an ångström to the end. The paper does not say that its authors did otherwise.
 */
export const LAST: Reading = {
  label: "last 50 levels",
  sampling: samplerOptions.parse({ steps: STEPS, method: "langevin", pick: "last" }),
};

/**
 * The other reading: 50 levels spread evenly over the whole schedule, down to almost no noise. Its
 * steps are DDPM's, which know how far it is to the next level; Langevin steps are made for all 5,000
 * and would take conformers only part of the way.
 */
export const STRIDED: Reading = {
  label: "50 levels over the whole schedule",
  sampling: samplerOptions.parse({ steps: STEPS, method: "ddpm", pick: "strided" }),
};
