export type Verdict = "holds" | "fails" | "too little data";

/** One statement of the paper, measured. */
export interface Claim {
  /** Stable identifier, e.g. "linear.accumulate.limit". */
  readonly id: string;
  /** The statement in words, with the paper's section or figure. */
  readonly statement: string;
  /** Our estimate and its 95 % confidence interval. NaN where there is too little data. */
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  /** The published value, or the exact one where the paper proves it; null if it gives none. */
  readonly published: number | null;
  readonly verdict: Verdict;
  /** What was used: run addresses or record keys. */
  readonly runs: readonly string[];
}
