import { z } from "zod";
import { chainsSpec, changed, changesSpec, variantFault } from "../variants";
import { type MoleculesConfig, moleculesConfig } from "./config";

const variant = z.strictObject({
  /** Of the records: "strided". */
  name: z.string().regex(/^[\w.-]+$/),
  /** In titles: "50 steps over the whole schedule". */
  label: z.string().min(1),
  changes: changesSpec,
  /**
   * What it is set beside the main variant for: another reading of "50 steps", the default, or
   * another length of training.
   */
  role: z.enum(["reading", "training"]).optional(),
  /** Iterations are labelled 0 … N−1 as in Figure 4. */
  chains: z.array(chainsSpec).min(1),
});
export type Variant = z.infer<typeof variant>;

export const MoleculesPreset = z
  .strictObject({
    task: moleculesConfig,
    /** The first is the main one, which the others are compared with. */
    variants: z.array(variant).min(1),
  })
  .superRefine(({ task, variants }, context) => {
    variants.forEach((_, i) => {
      const message = variantFault(moleculesConfig, task, variants, i);
      if (message) context.addIssue({ code: "custom", message, path: ["variants", i] });
    });
  });
export type MoleculesPreset = z.infer<typeof MoleculesPreset>;

/** The main variant and other readings of the sampling steps. */
export const readingsOf = ({ variants }: MoleculesPreset): Variant[] =>
  variants.filter(({ role = "reading" }) => role === "reading");

/** Variants that are trained for another time than the main one. */
export const trainingsOf = ({ variants }: MoleculesPreset): Variant[] =>
  variants.filter(({ role }) => role === "training");

/** Those of them whose fits grow with the pool. */
export const growingOf = (preset: MoleculesPreset): Variant[] =>
  trainingsOf(preset).filter((variant) => configOf(preset, variant).training.epochs !== undefined);

/** The preset's task with a variant's changes. */
export function configOf(
  { task }: Pick<MoleculesPreset, "task">,
  { changes }: Pick<Variant, "changes">,
): MoleculesConfig {
  return moleculesConfig.parse(changed(task, changes));
}
