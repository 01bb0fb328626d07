import { chainsOf as chainsOfPreset, type PresetChain } from "../preset";
import type { MoleculesPreset, Variant } from "./preset";
import { moleculesTask } from "./task";

/** All chains of a preset, each with the variant that it belongs to. */
export const chainsOf = (preset: MoleculesPreset): PresetChain<Variant>[] =>
  chainsOfPreset(moleculesTask, preset);
