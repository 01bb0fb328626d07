import { UserError } from "../errors";
import type { Row } from "./row";
import { studentFactor } from "./student";

/**
 * Mean and spread of n independent values. With one value nothing is known about the spread: sd,
 * se, low and high are then null (which tables leave empty, plots skip and JSON keeps).
 */
export interface Summary {
  readonly n: number;
  readonly mean: number;
  /** Standard deviation of the sample, divisor n − 1. */
  readonly sd: number | null;
  /** Standard error of the mean, sd/√n. */
  readonly se: number | null;
  /** 95 % confidence interval of the mean by Student's t with n − 1 degrees of freedom. */
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * Exact sample statistics.
 * @param what names the values in the error when one of them is not a finite number
 */
export function summarise(values: ArrayLike<number>, what = "the values"): Summary {
  const n = values.length;
  if (n === 0) throw new UserError(`There is nothing to summarise: ${what} are empty.`);
  for (let i = 0; i < n; i++) {
    if (!Number.isFinite(values[i]))
      throw new UserError(
        `Cannot summarise ${what}: number ${i + 1} of ${n} is ${values[i]}. Look for a diverged run, or filter it out by name.`,
      );
  }
  const unit = unitOf(values);
  const scaledMean = compensatedSum(n, (i) => values[i] / unit) / n;
  const mean = unit * scaledMean;
  if (n === 1) return { n, mean, sd: null, se: null, low: null, high: null };
  // Corrected two-pass variance: the second sum is zero but for the rounding of the mean.
  const squares = compensatedSum(n, (i) => (values[i] / unit - scaledMean) ** 2);
  const drift = compensatedSum(n, (i) => values[i] / unit - scaledMean);
  const sd = unit * Math.sqrt(Math.max(0, squares - drift ** 2 / n) / (n - 1));
  const se = sd / Math.sqrt(n);
  const half = studentFactor(n - 1) * se;
  return { n, mean, sd, se, low: mean - half, high: mean + half };
}

/**
 * A power of two by which values are divided so that their sum and their squares neither overflow
 * nor underflow; 1 for values of ordinary size.
 */
function unitOf(values: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i]));
  if (largest === 0 || (largest > 1e-100 && largest < 1e100)) return 1;
  return 2 ** Math.max(-1000, Math.min(1000, Math.floor(Math.log2(largest))));
}

/** Neumaier's sum: the error does not grow with n. */
export function compensatedSum(n: number, value: (i: number) => number): number {
  let sum = 0;
  let lost = 0;
  for (let i = 0; i < n; i++) {
    const v = value(i);
    const next = sum + v;
    lost += Math.abs(sum) >= Math.abs(v) ? sum - next + v : v - next + sum;
    sum = next;
  }
  return sum + lost;
}

/** Rows with the same values under `keys`, in the order in which they first occur. */
export interface Group<R extends Row = Row> {
  readonly key: Row;
  readonly rows: readonly R[];
}

export function groupBy<R extends Row>(rows: readonly R[], keys: readonly string[]): Group<R>[] {
  const groups = new Map<string, { key: Row; rows: R[] }>();
  for (const row of rows) {
    const values = keys.map((key) => cell(row, key));
    const id = JSON.stringify(values);
    const group = groups.get(id);
    if (group) group.rows.push(row);
    else
      groups.set(id, { key: Object.fromEntries(keys.map((k, i) => [k, values[i]])), rows: [row] });
  }
  return [...groups.values()];
}

/**
 * One row a group: the keys and the {@link Summary} of `value` over the group.
 * Seeds are the usual thing to summarise over: `summariseBy(rows, ["regime", "iteration"], "loss")`.
 */
export function summariseBy(
  rows: readonly Row[],
  keys: readonly string[],
  value: string,
): (Row & Summary)[] {
  return groupBy(rows, keys).map((group) => {
    const where = keys.map((key) => `${key} ${group.key[key]}`).join(", ");
    const values = group.rows.map((row) => {
      const v = cell(row, value);
      return typeof v === "number" ? v : Number.NaN;
    });
    return { ...group.key, ...summarise(values, where ? `${value} at ${where}` : value) };
  });
}

function cell(row: Row, column: string): string | number | null {
  const value = row[column];
  if (value === undefined)
    throw new UserError(
      `A row has no column "${column}"; it has ${Object.keys(row).join(", ") || "none at all"}.`,
    );
  return value;
}
