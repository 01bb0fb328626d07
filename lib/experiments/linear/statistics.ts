import { type MedianSummary, summariseMedian } from "../../metrics/median";
import { type Summary, summarise } from "../../metrics/statistics";

/** Statistics over seeds: the mean's, and the median's, which exist where a heavy tail has no mean. */
export type ErrorStatistics = Summary & MedianSummary;

/** Six digits: far below any standard error, and half the size on disk. */
const DIGITS = 6;

/** @param what names the values in the error when one is not finite */
export function errorStatistics(values: readonly number[], what: string): ErrorStatistics {
  const { n, ...rest } = { ...summarise(values, what), ...summariseMedian(values) };
  const rounded = Object.entries(rest).map(([key, value]) => [key, roundedTo6(value)]);
  return { n, ...Object.fromEntries(rounded) };
}

/** The number with six significant digits. */
export function roundedTo6<V extends number | null>(value: V): V {
  return (value === null ? null : Number(value.toPrecision(DIGITS))) as V;
}
