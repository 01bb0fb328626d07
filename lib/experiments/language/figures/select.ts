import { configOf, type LanguagePreset, type ROLES, type Variant } from "../preset";

export { distinct, iterationsOf, rowsOf, seedsOf } from "../../select";

/** Variants with one of the roles, the main one first. */
export function variantsOf(
  { variants }: LanguagePreset,
  ...roles: readonly (typeof ROLES)[number][]
): Variant[] {
  return variants.filter(({ role }) => roles.includes(role));
}

/**
 * Whether losses can be compared directly with the published ones: nats per token depend on the
 * stories and on the vocabulary.
 */
export function comparable(preset: LanguagePreset, variant = preset.variants[0]): boolean {
  const { dataset, vocabulary } = configOf(preset, variant).data;
  return dataset === "tinystories-v1" && vocabulary === 8000;
}
