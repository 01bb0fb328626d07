import type { ZodError, ZodType } from "zod";
import { suggestion, UserError } from "../errors";
import type { Task } from "./task";

/**
 * A task's config, validated.
 * @throws UserError, one sentence, for an unknown key, a wrong type or a wrong value
 */
export function configOf<C>(task: Task<C>, raw: unknown): C {
  return parsed(task.config, raw, `The config of task "${task.name}"`);
}

/**
 * The same schema, whose `parse` throws a UserError with one sentence instead of zod's list of issues:
 * notebooks and scripts call it.
 * @param what subject of the sentence, e.g. `The config of task "images"`
 */
export function withReadableErrors<C>(schema: ZodType<C>, what: string): ZodType<C> {
  const readable: ZodType<C> = schema.clone();
  readable.parse = (raw) => parsed(schema, raw, what);
  return readable;
}

/**
 * Validates with zod and says in one sentence what is wrong and what is near.
 * @param what subject of the sentence, e.g. `The config of task "images"`
 * @throws UserError
 */
export function parsed<T>(schema: ZodType<T>, raw: unknown, what: string): T {
  const result = schema.safeParse(raw);
  if (result.success) return result.data;
  throw new UserError(`${what} ${explain(result.error, schema, raw)}`);
}

function explain(error: ZodError, schema: ZodType, raw: unknown): string {
  const issue = error.issues[0];
  const where = issue.path.join(".");
  if (issue.code === "unrecognized_keys") {
    const key = issue.keys[0];
    const inside = where ? ` inside "${where}"` : "";
    return `has the unknown key "${key}"${inside}.${suggestion(key, keysAt(schema, issue.path))}`;
  }
  const at = `is wrong${where ? ` at "${where}"` : ""}: `;
  const given = issue.path.reduce(memberOf, raw);
  if (issue.code === "invalid_value" && typeof given === "string") {
    const valid = issue.values.map(String);
    return `${at}it is "${given}".${suggestion(given, valid)}`;
  }
  return `${at}${issue.message}.`;
}

function memberOf(value: unknown, key: PropertyKey): unknown {
  return (value as Record<PropertyKey, unknown> | null | undefined)?.[key];
}

/** The parts of zod's schemas that keys are found by. */
interface Parts {
  readonly shape?: Readonly<Record<PropertyKey, Parts>>;
  readonly element?: Parts;
  readonly options?: readonly Parts[];
  unwrap?(): Parts;
}

/** The keys that an object may have at a place of a config; of a choice, those of all its options. */
function keysAt(schema: ZodType, path: readonly PropertyKey[]): string[] {
  let parts = optionsOf(schema as Parts);
  for (const key of path)
    parts = parts.flatMap(({ shape, element }) => optionsOf(shape?.[key] ?? element ?? {}));
  return [...new Set(parts.flatMap(({ shape = {} }) => Object.keys(shape)))];
}

/** A schema without what makes it optional or gives it a default, or the options of a choice. */
function optionsOf(schema: Parts): Parts[] {
  if (schema.options) return schema.options.flatMap(optionsOf);
  return schema.unwrap && !schema.element ? optionsOf(schema.unwrap()) : [schema];
}
