import type { Chain } from "../../loop/chain";
import { variantChains } from "../variantChains";
import { configOf, type MoleculesPreset, type Variant } from "./preset";
import { moleculesTask } from "./task";

/** All chains of a preset, each with the variant that it belongs to. */
export const chainsOf = (preset: MoleculesPreset): { variant: Variant; chain: Chain }[] =>
  variantChains(moleculesTask, preset.variants, (variant) => configOf(preset, variant));
