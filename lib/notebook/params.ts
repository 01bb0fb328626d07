import { suggestion, UserError } from "../errors";

type Value = string | number | boolean | null | readonly Value[] | Values;
interface Values {
  readonly [key: string]: Value;
}

/**
 * A notebook's parameters: the given defaults, with those replaced that the environment variable
 * NB_PARAMS names as JSON: `NB_PARAMS='{"preset":"quick"}'`. Objects are merged key by key.
 * Defaults are plain JSON. A replacement has the type of its default; null takes anything.
 * @throws UserError for an unknown key, a wrong type or broken JSON
 */
export function params<T extends object>(
  defaults: T,
  env: Readonly<Record<string, string | undefined>> = process.env,
): T {
  const text = env.NB_PARAMS;
  if (text === undefined || text.trim() === "") return defaults;
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch (error) {
    throw new UserError(
      `NB_PARAMS is not JSON (${(error as Error).message}). Write it like NB_PARAMS='{"preset":"quick"}'.`,
    );
  }
  return merge(defaults as Values, given, "") as T;
}

function merge(fallback: Value, given: unknown, at: string): Value {
  const expected = kind(fallback);
  if (expected !== "null" && kind(given) !== expected)
    throw new UserError(
      `${at ? `"${at}" in NB_PARAMS` : "NB_PARAMS"} must be ${article(expected)}, not ${JSON.stringify(given)}.`,
    );
  if (expected === "array") {
    const [model] = fallback as readonly Value[];
    const list = given as unknown[];
    return model === undefined
      ? (list as Value[])
      : list.map((item, i) => merge(model, item, `${at}[${i}]`));
  }
  if (expected !== "object") return given as Value;
  const defaults = fallback as Values;
  const merged: Record<string, Value> = { ...defaults };
  for (const [key, value] of Object.entries(given as object)) {
    const name = at ? `${at}.${key}` : key;
    if (!Object.hasOwn(defaults, key))
      throw new UserError(
        `NB_PARAMS names "${name}", which is not a parameter of this notebook.${suggestion(key, Object.keys(defaults))}`,
      );
    merged[key] = merge(defaults[key], value, name);
  }
  return merged;
}

function kind(value: unknown): string {
  return value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
}

function article(type: string): string {
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}
