import type { Row } from "../../../metrics/row";
import { configOf, type LanguagePreset, type ROLES, type Variant } from "../preset";

/** Variants shown for one of the roles, the main one first. */
export function variantsOf(
  { variants }: LanguagePreset,
  ...roles: readonly (typeof ROLES)[number][]
): Variant[] {
  return variants.filter(({ role }) => roles.includes(role));
}

/** Rows of a measure and of some variants, with the variant's label as `label`. */
export function rowsOf(rows: readonly Row[], measure: string, variants: readonly Variant[]): Row[] {
  const labels = new Map(variants.map(({ name, label }) => [name, label]));
  return rows.flatMap((row) => {
    const label = row.measure === measure ? labels.get(String(row.variant)) : undefined;
    return label === undefined ? [] : [{ ...row, label }];
  });
}

/** Values of a column in the order in which they first occur. */
export function distinct(rows: readonly Row[], column: string): string[] {
  return [...new Set(rows.map((row) => String(row[column])))];
}

/** Seeds that occur, ascending. */
export function seedsOf(rows: readonly Row[]): number[] {
  return [...new Set(rows.map((row) => Number(row.seed)))].sort((a, b) => a - b);
}

/** Iterations that occur, ascending. */
export function iterationsOf(rows: readonly Row[]): number[] {
  return [...new Set(rows.map((row) => Number(row.iteration)))].sort((a, b) => a - b);
}

/**
 * Whether losses can be set beside the published ones as they are: nats a token depend on the
 * stories and on the tokenizer's size.
 */
export function comparable(preset: LanguagePreset, variant = preset.variants[0]): boolean {
  const { dataset, vocabulary } = configOf(preset, variant);
  return dataset === "tinystories-v1" && vocabulary === 8000;
}
