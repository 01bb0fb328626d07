import { chainsOf as chainsOfPreset, type PresetChain } from "../preset";
import type { LanguagePreset, Variant } from "./preset";
import { languageTask } from "./task";

/** All chains of a preset, each with the variant that it belongs to. */
export const chainsOf = (preset: LanguagePreset): PresetChain<Variant>[] =>
  chainsOfPreset(languageTask, preset);
