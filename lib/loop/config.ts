import type { ZodError, ZodType } from "zod";
import { suggestion, UserError } from "../errors";
import type { Task } from "./task";

/** A task's config, validated: unknown keys and wrong types are refused with a sentence. */
export function configOf<C>(task: Task<C>, raw: unknown): C {
  return parsed(task.config, raw, `The config of task "${task.name}"`);
}

/**
 * Validates with zod and says in one sentence what is wrong and what is near.
 * @param what subject of the sentence, e.g. `The config of task "images"`
 */
export function parsed<T>(schema: ZodType<T>, raw: unknown, what: string): T {
  const result = schema.safeParse(raw);
  if (result.success) return result.data;
  throw new UserError(`${what} ${explain(result.error, keysOf(schema))}`);
}

function explain(error: ZodError, valid: readonly string[]): string {
  const issue = error.issues[0];
  const where = issue.path.join(".");
  if (issue.code === "unrecognized_keys") {
    const key = issue.keys[0];
    const inside = where ? ` inside "${where}"` : "";
    return `has the unknown key "${key}"${inside}.${where ? "" : suggestion(key, valid)}`;
  }
  return `is wrong${where ? ` at "${where}"` : ""}: ${issue.message}.`;
}

function keysOf(schema: ZodType): string[] {
  const shape = (schema as { shape?: Record<string, unknown> }).shape;
  return shape ? Object.keys(shape) : [];
}
