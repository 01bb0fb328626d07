import { z } from "zod";
import { regimeNames } from "../pool/parseRegime";

/** Regimes that are run alike: of one variant, for so many iterations and seeds. */
export const chainsSpec = z.strictObject({
  regimes: z.array(z.looseObject({ kind: z.enum(regimeNames as [string, ...string[]]) })).min(1),
  /** N, model-fitting iterations. */
  iterations: z.int().min(1),
  /** Seeds 0 … seeds−1. */
  seeds: z.int().min(1),
});
export type ChainsSpec = z.infer<typeof chainsSpec>;

/** What differs from a preset's task; whole groups (training, model) need not be given. */
export const changesSpec = z.record(z.string(), z.unknown());
export type Changes = z.infer<typeof changesSpec>;

/** A task's config with changes: values replace values, groups are merged one level deep. */
export function changed(task: object, changes: Changes): unknown {
  const merged: Record<string, unknown> = { ...task };
  for (const [key, value] of Object.entries(changes)) {
    const before = merged[key];
    const group = typeof value === "object" && value !== null && typeof before === "object";
    merged[key] = group ? { ...before, ...value } : value;
  }
  return merged;
}

/** What is wrong with a variant's changes or name, in words; undefined if nothing is. */
export function variantFault(
  config: z.ZodType,
  task: object,
  variants: readonly { readonly name: string; readonly changes: Changes }[],
  index: number,
): string | undefined {
  const { name, changes } = variants[index];
  if (variants.findIndex((other) => other.name === name) < index)
    return `there are two variants "${name}"`;
  const { error } = config.safeParse(changed(task, changes));
  return error && `${error.issues[0].path.join(".")}: ${error.issues[0].message}`;
}
