import {
  configOf as configOfVariant,
  type Preset,
  type Variant as PresetVariant,
  presetSpec,
} from "../preset";
import { type MoleculesConfig, moleculesConfig } from "./config";

/**
 * Which ablation a variant belongs to: "sampler" (how the 50 sampling steps are chosen; the main
 * variant's too) or "training" (its length).
 */
const ROLES = ["sampler", "training"] as const;
export type Variant = PresetVariant<(typeof ROLES)[number]>;

export const MoleculesPreset = presetSpec(moleculesConfig, ROLES);
export type MoleculesPreset = Preset<MoleculesConfig, Variant["role"]>;

/** The main variant and those that choose the sampling steps in another way. */
export const samplerVariantsOf = ({ variants }: MoleculesPreset): Variant[] =>
  variants.filter(({ role }) => role === "sampler");

/** Variants that are trained for longer or shorter than the main one. */
export const trainingVariantsOf = ({ variants }: MoleculesPreset): Variant[] =>
  variants.filter(({ role }) => role === "training");

/** Those of them whose training grows with the pool. */
export const growingVariantsOf = (preset: MoleculesPreset): Variant[] =>
  trainingVariantsOf(preset).filter(
    (variant) => configOf(preset, variant).training.epochs !== undefined,
  );

/** The preset's task with a variant's changes. */
export const configOf = (
  preset: Pick<MoleculesPreset, "task">,
  variant: Pick<Variant, "changes">,
): MoleculesConfig => configOfVariant(moleculesConfig, preset, variant);
