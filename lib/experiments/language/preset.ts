import {
  configOf as configOfVariant,
  type Preset,
  presetSpec,
  type Variant as VariantOf,
} from "../preset";
import { type LanguageConfig, languageConfig } from "./config";

/**
 * What a variant is for: Figures 2 and 3, Figure 13, Table 2, Figure 14; a calibration trains one model
 * on real stories, to compare its loss with the published one after the same number of steps.
 */
export const ROLES = [
  "model",
  "temperature",
  "small-data",
  "first-iteration",
  "calibration",
] as const;

export type Role = (typeof ROLES)[number];
export type Variant = VariantOf<Role>;

export const LanguagePreset = presetSpec(languageConfig, ROLES);
export type LanguagePreset = Preset<LanguageConfig, Role>;

/** The preset's task with a variant's changes. */
export const configOf = (
  preset: Pick<LanguagePreset, "task">,
  variant: Pick<Variant, "changes">,
): LanguageConfig => configOfVariant(languageConfig, preset, variant);
