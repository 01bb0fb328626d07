export type Verdict = "holds" | "fails" | "undecided";

/** One statement of the paper, measured. */
export interface Claim {
  /** Stable identifier, e.g. "linear.accumulate.limit". */
  readonly id: string;
  /** The statement in words, with the paper's section or figure. */
  readonly statement: string;
  /** Our estimate and its 95 % confidence interval; NaN where there is none. */
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  /** Degrees of freedom of the interval (Student's t); undefined where there is no interval. */
  readonly degreesOfFreedom?: number | undefined;
  /** Comparisons that the verdict allows for (Bonferroni). Default: 1, this one alone. */
  readonly comparisons?: number | undefined;
  /** The value that the estimate is compared with. */
  readonly threshold?: number | undefined;
  /** On which side of the threshold an undecided estimate is; undefined if there is no estimate. */
  readonly side?: "above" | "below" | undefined;
  /** The published value, or the exact one where the paper proves it; undefined if it gives none. */
  readonly published?: number | undefined;
  readonly verdict: Verdict;
  /** What was used: run addresses or record keys. */
  readonly runs: readonly string[];
}

/** What every comparator is told about its claim. */
export type ClaimHead = Pick<Claim, "id" | "statement" | "published" | "runs">;

/** Which side of the threshold an estimate is on; undefined if it is NaN or exactly on it. */
export function sideOf(estimate: number, threshold: number): "above" | "below" | undefined {
  if (estimate > threshold) return "above";
  return estimate < threshold ? "below" : undefined;
}
