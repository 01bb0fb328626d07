import {
  configOf as configOfVariant,
  type Preset,
  type Variant as PresetVariant,
  presetSpec,
} from "../preset";
import { type MoleculesConfig, moleculesConfig } from "./config";

/**
 * Which ablation a variant belongs to: "reading" (how the 50 sampling steps are chosen; the main
 * variant's too) or "training" (its length).
 */
const ROLES = ["reading", "training"] as const;
export type Variant = PresetVariant<(typeof ROLES)[number]>;

export const MoleculesPreset = presetSpec(moleculesConfig, ROLES);
export type MoleculesPreset = Preset<MoleculesConfig, Variant["role"]>;

/** The main variant and other readings of the sampling steps. */
export const readingsOf = ({ variants }: MoleculesPreset): Variant[] =>
  variants.filter(({ role }) => role === "reading");

/** Variants that are trained for another time than the main one. */
export const trainingsOf = ({ variants }: MoleculesPreset): Variant[] =>
  variants.filter(({ role }) => role === "training");

/** Those of them whose fits grow with the pool. */
export const growingOf = (preset: MoleculesPreset): Variant[] =>
  trainingsOf(preset).filter((variant) => configOf(preset, variant).training.epochs !== undefined);

/** The preset's task with a variant's changes. */
export const configOf = (
  preset: Pick<MoleculesPreset, "task">,
  variant: Pick<Variant, "changes">,
): MoleculesConfig => configOfVariant(moleculesConfig, preset, variant);
