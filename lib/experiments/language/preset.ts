import { z } from "zod";
import {
  configOf as configOfVariant,
  type Preset,
  type Variant as PresetVariant,
  validVariants,
  variantSpec,
} from "../preset";
import { type LanguageConfig, languageConfig } from "./config";

/**
 * What a variant is shown for: Figures 2 and 3, 13, Table 2, 14; a calibration trains one model on
 * real stories, to compare its loss with the published one after as many steps.
 */
export const ROLES = [
  "model",
  "temperature",
  "small-data",
  "first-iteration",
  "calibration",
] as const;
export type Variant = PresetVariant<(typeof ROLES)[number]>;

export interface LanguagePreset extends Preset<LanguageConfig, Variant["role"]> {
  /** Sampled stories of each generation that the text metrics look at. */
  readonly textStories: number;
}

export const LanguagePreset = z
  .strictObject({
    task: languageConfig,
    variants: z.array(variantSpec(ROLES)).min(1),
    textStories: z.int().min(2),
  })
  .superRefine(validVariants(languageConfig)) as unknown as z.ZodType<LanguagePreset>;

/** The preset's task with a variant's changes. */
export const configOf = (
  preset: Pick<LanguagePreset, "task">,
  variant: Pick<Variant, "changes">,
): LanguageConfig => configOfVariant(languageConfig, preset, variant);
