/** The median and a 95 % interval of it that holds for any distribution. */
export interface MedianSummary {
  readonly median: number;
  /** Order statistics between which the median is with at least 95 % probability; null below 6 values. */
  readonly medianLow: number | null;
  readonly medianHigh: number | null;
}

/** The middle value, or the mean of the two middle ones; NaN of nothing. */
export function median(values: ArrayLike<number>): number {
  return middle(Float64Array.from(values).sort());
}

/** Statistics for values whose mean may not exist. */
export function summariseMedian(values: ArrayLike<number>): MedianSummary {
  const sorted = Float64Array.from(values).sort();
  const rank = intervalRank(sorted.length);
  return {
    median: middle(sorted),
    medianLow: rank === 0 ? null : sorted[rank - 1],
    medianHigh: rank === 0 ? null : sorted[sorted.length - rank],
  };
}

function middle(sorted: Float64Array): number {
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/**
 * The largest r for which P(B < r) ≤ 2.5 %, B ~ Binomial(n, ½): the r-th smallest and r-th largest
 * value enclose the median with at least 95 % probability. 0 if even the extremes do not.
 */
function intervalRank(n: number): number {
  let logTerm = -n * Math.LN2;
  let below = 0;
  for (let r = 0; r <= n; r++) {
    below += Math.exp(logTerm);
    if (below > 0.025) return r;
    logTerm += Math.log((n - r) / (r + 1));
  }
  return 0;
}
