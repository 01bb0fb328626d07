import { configOf, type Preset, presetSpec, type Variant } from "../preset";
import { type AtlasConfig, atlasConfig } from "./config";
import { ENTRIES } from "./entries/index";

/** A variant is a run of an entry, which is its role. */
const ROLES = ENTRIES.map(({ id }) => id) as [string, ...string[]];

export const AtlasPreset = presetSpec<AtlasConfig, string>(atlasConfig, ROLES);
export type AtlasPreset = Preset<AtlasConfig>;

/** The config of a variant. */
export const variantConfig = (preset: AtlasPreset, variant: Variant): AtlasConfig =>
  configOf(atlasConfig, preset, variant);
