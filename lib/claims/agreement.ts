import { studentFactor } from "../metrics/student";
import { type Claim, type ClaimHead, sideOf } from "./claim";

/** A mean with its standard error. */
export interface Estimate {
  readonly mean: number;
  readonly se: number;
  /** Independent chains behind it. */
  readonly n: number;
  /** Degrees of freedom of `se`; Infinity where the spread is known exactly. Default: n − 1. */
  readonly degreesOfFreedom?: number;
}

/** Fewer chains than this decide nothing: heavy tails have not been seen yet. */
export const ENOUGH_CHAINS = 30;

/** Standard errors within which a single estimate agrees with what is expected. */
const ALLOWED = 3;

/** Student's t with this many degrees of freedom is the normal law to three digits. */
const NORMAL = 10_000;

/**
 * "The mean is the expected value": holds if it is within 3 standard errors, fails if it is not,
 * and is undecided with fewer than {@link ENOUGH_CHAINS} chains. The interval is the 95 % one.
 * @param parts.published default: the expected value
 */
export function agreement(
  parts: ClaimHead & { readonly expected: number; readonly estimate: Estimate | undefined },
): Claim {
  const { id, statement, runs, expected, estimate } = parts;
  const head = { id, statement, runs, published: parts.published ?? expected };
  return judge(head, estimate, expected, (mean, se) => Math.abs(mean - expected) <= ALLOWED * se);
}

/** "The mean is not above this value by more than 3 standard errors": otherwise as {@link agreement}. */
export function notAbove(parts: Bounded): Claim {
  return bounded(parts, (mean, se) => mean - ALLOWED * se <= parts.bound);
}

/** "The mean is not below this value by more than 3 standard errors": otherwise as {@link agreement}. */
export function notBelow(parts: Bounded): Claim {
  return bounded(parts, (mean, se) => mean + ALLOWED * se >= parts.bound);
}

type Bounded = ClaimHead & { readonly bound: number; readonly estimate: Estimate | undefined };

function bounded(parts: Bounded, holds: (mean: number, se: number) => boolean): Claim {
  const { id, statement, runs, published, bound, estimate } = parts;
  return judge({ id, statement, runs, published }, estimate, bound, holds);
}

function judge(
  head: ClaimHead,
  estimate: Estimate | undefined,
  threshold: number,
  holds: (mean: number, se: number) => boolean,
): Claim {
  const { mean, se, n } = estimate ?? { mean: Number.NaN, se: Number.NaN, n: 0 };
  const enough = n >= ENOUGH_CHAINS;
  return {
    ...head,
    estimate: mean,
    ...(estimate && n > 1 ? interval(estimate) : NO_INTERVAL),
    threshold,
    ...(enough
      ? { verdict: holds(mean, se) ? ("holds" as const) : ("fails" as const) }
      : { verdict: "undecided" as const, side: sideOf(mean, threshold) }),
  };
}

/**
 * "None of these many z-scores is larger than chance allows": the largest |z| against Bonferroni's
 * 5 % bound for that many comparisons, however they depend on each other.
 * @param parts.scores |z| of each comparison; undecided if there are none
 */
export function largestScore(parts: ClaimHead & { readonly scores: readonly number[] }): Claim {
  const { id, statement, runs, published, scores } = parts;
  const head = { id, statement, runs, published, comparisons: Math.max(1, scores.length) };
  if (scores.length === 0) return { ...head, ...UNKNOWN };
  const bound = largestAllowed(scores.length);
  const worst = Math.max(...scores);
  const verdict = worst <= bound ? "holds" : "fails";
  return { ...head, estimate: worst, low: worst, high: worst, threshold: bound, verdict };
}

const NO_INTERVAL = { low: Number.NaN, high: Number.NaN };

/** The fields of a claim about which nothing is known. */
export const UNKNOWN = { estimate: Number.NaN, ...NO_INTERVAL, verdict: "undecided" } as const;

/** 95 % interval of a mean by Student's t. */
export function interval(estimate: Estimate): Pick<Claim, "low" | "high" | "degreesOfFreedom"> {
  const { mean, se, n } = estimate;
  const degreesOfFreedom = estimate.degreesOfFreedom ?? n - 1;
  const half = studentFactor(Math.min(degreesOfFreedom, NORMAL)) * se;
  return { low: mean - half, high: mean + half, degreesOfFreedom };
}

/** The |z| that the largest of this many true z-scores exceeds with at most 5 % probability. */
export function largestAllowed(comparisons: number): number {
  return studentFactor(NORMAL, 1 - 0.05 / comparisons);
}

/**
 * Average of independent estimates, each with the same weight; degrees of freedom after
 * Welch and Satterthwaite. Undefined if there are none.
 */
export function average(estimates: readonly Estimate[]): Estimate | undefined {
  const count = estimates.length;
  if (count === 0) return undefined;
  const sum = (of: (e: Estimate) => number) => estimates.reduce((a, e) => a + of(e), 0);
  const variance = sum((e) => e.se ** 2);
  const spread = sum((e) => e.se ** 4 / Math.max(1, e.degreesOfFreedom ?? e.n - 1));
  const n = sum((e) => e.n);
  return {
    mean: sum((e) => e.mean) / count,
    se: Math.sqrt(variance) / count,
    n,
    degreesOfFreedom: spread > 0 ? Math.max(1, Math.floor(variance ** 2 / spread)) : n - count,
  };
}
