import { z } from "zod";
import { chainsSpec, changed, changesSpec, variantFault } from "../variants";
import { type LanguageConfig, languageConfig } from "./config";

/**
 * What a variant is shown for: Figures 2 and 3, 13, Table 2, 14; a calibration trains one model on
 * real stories, to set its loss beside the published one after as many steps.
 */
export const ROLES = [
  "model",
  "temperature",
  "small-data",
  "first-iteration",
  "calibration",
] as const;

const variant = z.strictObject({
  /** Of the records: "temperature-0.3". */
  name: z.string().regex(/^[\w.-]+$/),
  /** In legends: "temperature 0.3". */
  label: z.string().min(1),
  role: z.enum(ROLES),
  /** Series of {@link PUBLISHED} to compare it with. */
  published: z.string().optional(),
  changes: changesSpec,
  /** Iterations are labelled 1 … N as in Figure 2. */
  chains: z.array(chainsSpec).min(1),
});
export type Variant = z.infer<typeof variant>;

export const LanguagePreset = z
  .strictObject({
    task: languageConfig,
    /** The first is the main one, which the others are compared with. */
    variants: z.array(variant).min(1),
    /** Sampled stories of each generation that the text metrics look at. */
    textStories: z.int().min(2),
  })
  .superRefine(({ task, variants }, context) => {
    variants.forEach((_, i) => {
      const message = variantFault(languageConfig, task, variants, i);
      if (message) context.addIssue({ code: "custom", message, path: ["variants", i] });
    });
  });
export type LanguagePreset = z.infer<typeof LanguagePreset>;

/** The preset's task with a variant's changes. */
export function configOf(
  { task }: Pick<LanguagePreset, "task">,
  { changes }: Variant,
): LanguageConfig {
  return languageConfig.parse(changed(task, changes));
}
