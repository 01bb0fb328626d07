import { z } from "zod";

/** How conformers are drawn; defaults are GeoDiff's. */
export const samplerOptions = z.strictObject({
  /**
   * GeoDiff's "ld", "ddpm_noisy" and "generalized". The lengths of Langevin's steps, and of the
   * generalized ones that they bound, know nothing of the next level: 0.01 σ², a step of thousands.
   * The lengths of DDPM's come from ᾱ of both levels, so they grow with the distance between
   * levels: it is the one for few levels spread over the schedule. (50 of 5,000, a small network
   * trained for 500 steps on 40 molecules: bonds wrong by 0.15 Å in the median, by 0.33 Å with
   * "langevin".)
   */
  method: z.enum(["langevin", "ddpm", "generalized"]).default("langevin"),
  /** Network evaluations for one conformer. */
  steps: z.int().positive(),
  /**
   * Which noise levels are visited: the last (noisiest) of the schedule, which is what GeoDiff's
   * code does with fewer steps than levels, or as many spread evenly over all of it.
   */
  pick: z.enum(["last", "even"]).default("last"),
  /** Share of fresh noise in "generalized", 0 (none) to 1. */
  eta: z.number().min(0).max(1).default(1),
  /** Langevin step in Å² at σ = 0.01 Å; it grows with σ². Not in "ddpm". */
  stepScale: z.number().positive().default(1e-6),
  /** Weight of the global forces. */
  globalWeight: z.number().min(0).default(1),
  /** Global forces count only where σ is below this, in ångström. */
  globalSigma: z.number().min(0).default(0.5),
  /** Longest global force on an atom, in units of σ. */
  clip: z.number().positive().default(1000),
  /** Longest local force on an atom in the one retry after a divergence, in units of σ. */
  localClip: z.number().positive().default(20),
});

export type SamplerOptions = z.infer<typeof samplerOptions>;
