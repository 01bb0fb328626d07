import { z } from "zod";
import { configOf, type Preset, validVariants, variantSpec } from "../preset";
import { type LinearConfig, linearConfig } from "./config";
import { FIGURES, type PublishedFigure } from "./published";

/**
 * What a variant is shown for: a figure of the paper, what changes when one thing differs, the
 * sequel's sweep, its third regime from few items per dimension to many, and the literal
 * simulation beside the exact draw.
 */
export const ROLES = ["paper", "variation", "sweep", "subsample", "loop"] as const;

/** Every d with every T ≥ d + 2 and every σ²; below that the expected test error is infinite. */
const grid = z
  .strictObject({
    d: z.array(z.int().min(1)).min(1),
    T: z.array(z.int().min(3)).min(1),
    /** Multiplies both label noises of the task. */
    sigma2: z.array(z.number().positive()).min(1),
  })
  .superRefine(({ d, T }, context) => {
    const least = Math.min(...d) + 2;
    const small = T.find((items) => items < least);
    if (small !== undefined)
      context.addIssue({
        code: "custom",
        path: ["T"],
        message: `T = ${small} is too small; every T must be at least d + 2 = ${least}, below which the expected test error is infinite`,
      });
  });
export type Grid = z.infer<typeof grid>;

const variant = variantSpec(ROLES).extend({
  /** Figure of the paper that it is set beside. */
  published: z.enum(FIGURES).optional(),
  /** The conditions: sizes and noise levels, which replace the task's. */
  grid,
  /**
   * "exact-draw" draws test errors from the estimator's law without building X; "loop" runs the
   * model–data loop itself, with chains in the run store, and draws the same conditions exactly.
   */
  simulation: z.enum(["exact-draw", "loop"]),
});
export type Variant = z.infer<typeof variant>;

/** The shape of every family's preset, with a grid for each variant. Iterations are labelled 1 … N. */
export const LinearPreset = z
  .strictObject({
    /** What the variants change. Its σ² are in units of the grid's. */
    task: linearConfig,
    variants: z.array(variant).min(1),
  })
  .superRefine(validVariants(linearConfig))
  .superRefine(({ variants }, context) => {
    for (const [i, { chains }] of variants.entries())
      if (chains.some(({ seeds }) => seeds < 2))
        context.addIssue({
          code: "custom",
          path: ["variants", i, "chains", "seeds"],
          message: "statistics over seeds need at least 2",
        });
  });
export type LinearPreset = z.infer<typeof LinearPreset>;

/** The preset's task with a variant's changes. */
export function variantConfig(preset: Pick<LinearPreset, "task">, variant: Variant): LinearConfig {
  return configOf(linearConfig, preset as Preset<LinearConfig>, variant);
}

/** Name of the variant that is set beside a figure of the paper; undefined if the preset has none. */
export function variantOf(preset: LinearPreset, figure: PublishedFigure): string | undefined {
  return preset.variants.find(({ published }) => published === figure)?.name;
}

/** Variants that are shown for something, in the preset's order. */
export function variantsFor(preset: LinearPreset, role: Variant["role"]): Variant[] {
  return preset.variants.filter((variant) => variant.role === role);
}
