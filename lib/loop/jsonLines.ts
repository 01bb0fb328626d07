/** JSON has none of these numbers and `JSON.stringify` writes null for them. */
const NUMBERS: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  "-Infinity": Number.NEGATIVE_INFINITY,
};

/** A text that could be taken for one of those numbers, or for such a text already marked. */
const AMBIGUOUS = /^\\*(NaN|-?Infinity)$/;

/**
 * Records as JSON lines. NaN and ±Infinity are written as the strings "NaN", "Infinity" and
 * "-Infinity", so that a diverged loss is not read as a missing one; a text that reads like them gets
 * a backslash in front.
 */
export function formatLines(records: readonly object[]): string {
  return records.map((record) => `${JSON.stringify(record, replace)}\n`).join("");
}

/** Records from JSON lines, equal to those that {@link formatLines} was given. */
export function parseLines<T>(text: string): T[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line, revive));
}

function replace(_: string, value: unknown): unknown {
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  return typeof value === "string" && AMBIGUOUS.test(value) ? `\\${value}` : value;
}

function revive(_: string, value: unknown): unknown {
  if (typeof value !== "string" || !AMBIGUOUS.test(value)) return value;
  return value.startsWith("\\") ? value.slice(1) : NUMBERS[value];
}
