import type { Chain } from "../../loop/chain";
import { variantChains } from "../variantChains";
import { configOf, type LanguagePreset, type Variant } from "./preset";
import { languageTask } from "./task";

/** All chains of a preset, each with the variant that it belongs to. */
export const chainsOf = (preset: LanguagePreset): { variant: Variant; chain: Chain }[] =>
  variantChains(languageTask, preset.variants, (variant) => configOf(preset, variant));
