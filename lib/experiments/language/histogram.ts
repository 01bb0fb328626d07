import type { Row } from "../../metrics/row";

/** Counts of values in bins of equal width, in the form of a row's columns. */
export interface Histogram {
  /** Lower edge of the first bin, a multiple of the width. */
  readonly from: number;
  readonly width: number;
  /** Number of values in each bin, separated by spaces. */
  readonly counts: string;
}

/** Counts finite values in bins [k·width, (k+1)·width), from the lowest non-empty bin. */
export function histogram(values: ArrayLike<number>, width: number): Histogram {
  const bins = Array.from(values, (value) => Math.floor(value / width)).filter(Number.isFinite);
  if (bins.length === 0) return { from: 0, width, counts: "" };
  const first = bins.reduce((a, b) => Math.min(a, b));
  const counts: number[] = Array(bins.reduce((a, b) => Math.max(a, b)) - first + 1).fill(0);
  for (const bin of bins) counts[bin - first]++;
  return { from: first * width, width, counts: counts.join(" ") };
}

/**
 * Sums the histograms of several rows with the same bin width: x = centre of each non-empty bin, y =
 * its share of all values.
 */
export function binShares(rows: readonly Row[]): { readonly x: number[]; readonly y: number[] } {
  const bins = new Map<number, number>();
  let total = 0;
  let width = 1;
  for (const row of rows) {
    width = Number(row.width);
    const first = Math.round(Number(row.from) / width);
    for (const [i, count] of String(row.counts).split(" ").filter(Boolean).map(Number).entries()) {
      bins.set(first + i, (bins.get(first + i) ?? 0) + count);
      total += count;
    }
  }
  const sorted = [...bins.entries()].filter(([, n]) => n > 0).sort(([a], [b]) => a - b);
  return {
    x: sorted.map(([bin]) => (bin + 0.5) * width),
    y: sorted.map(([, count]) => count / total),
  };
}
