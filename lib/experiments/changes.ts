import { z } from "zod";

/** What differs from another config; whole sections (training, model) need not be given. */
export const changesSpec = z.record(z.string(), z.unknown());
export type Changes = z.infer<typeof changesSpec>;

/**
 * A config with changes: values replace values, sections are merged one level deep. Validate the
 * result.
 * @example withChanges(laptop.task, { data: { trainItems: 2000 }, training: { epochs: 8 } })
 */
export function withChanges(config: object, changes: Changes): unknown {
  const merged: Record<string, unknown> = { ...config };
  for (const [key, value] of Object.entries(changes)) {
    const before = merged[key];
    merged[key] = isSection(value) && isSection(before) ? { ...before, ...value } : value;
  }
  return merged;
}

function isSection(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
