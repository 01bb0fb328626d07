import type { Claim } from "../../../claims/claim";
import { studentFactor } from "../../../metrics/student";

/** A mean and its standard error over independent chains. */
export interface Estimate {
  readonly mean: number;
  readonly se: number;
  /** Chains behind it. */
  readonly n: number;
}

/** Fewer chains than this decide nothing. */
const ENOUGH = 30;

/** "holds" if the mean lies within 3 s.e. of `expected`; the interval is the 95 % one. */
export function withinThree(
  parts: Pick<Claim, "id" | "statement" | "runs"> & {
    readonly expected: number;
    readonly published?: number;
    readonly estimate: Estimate | undefined;
  },
): Claim {
  const { id, statement, runs, expected, estimate } = parts;
  const base = { id, statement, runs, published: parts.published ?? expected };
  if (!estimate || estimate.n < ENOUGH) return { ...base, ...UNKNOWN };
  const { mean, se } = estimate;
  const verdict = Math.abs(mean - expected) <= 3 * se ? "holds" : "fails";
  return { ...base, estimate: mean, ...interval(estimate), verdict };
}

export const UNKNOWN = {
  estimate: Number.NaN,
  low: Number.NaN,
  high: Number.NaN,
  verdict: "too little data",
} as const;

/** 95 % interval of a mean over many chains. */
export function interval({ mean, se }: Estimate): { low: number; high: number } {
  return { low: mean - 1.96 * se, high: mean + 1.96 * se };
}

/**
 * The |z| that the largest of `comparisons` true z-scores exceeds with at most 5 % probability,
 * however they depend on each other (Bonferroni).
 */
export function worstAllowed(comparisons: number): number {
  // Student's t with this many degrees is the normal law to three digits.
  return studentFactor(10_000, 1 - 0.05 / comparisons);
}

/** Average of independent estimates, each with the same weight. */
export function average(estimates: readonly Estimate[]): Estimate | undefined {
  const count = estimates.length;
  if (count === 0) return undefined;
  const sum = (of: (e: Estimate) => number) => estimates.reduce((a, e) => a + of(e), 0);
  return {
    mean: sum((e) => e.mean) / count,
    se: Math.sqrt(sum((e) => e.se ** 2)) / count,
    n: sum((e) => e.n),
  };
}
