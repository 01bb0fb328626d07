import {
  configOf as configOfVariant,
  type Preset,
  presetSpec,
  type Variant as VariantOf,
} from "../preset";
import { type ImagesConfig, imagesConfig } from "./config";

/**
 * What a variant is for: Figures 5, 6 and 15; the same figures again with the paper's network, where the
 * main variant has another.
 */
export const ROLES = ["main", "published-network"] as const;

export type Role = (typeof ROLES)[number];
export type Variant = VariantOf<Role>;

export const ImagesPreset = presetSpec(imagesConfig, ROLES);
export type ImagesPreset = Preset<ImagesConfig, Role>;

/** The preset's task with a variant's changes. */
export const configOf = (
  preset: Pick<ImagesPreset, "task">,
  variant: Pick<Variant, "changes">,
): ImagesConfig => configOfVariant(imagesConfig, preset, variant);
