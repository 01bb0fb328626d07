/** What a preset would run, and what that costs; nothing is computed for it. */
export interface Forecast {
  /** Models that are fitted, measured and sampled, and how many are finished in the run store. */
  readonly generations: number;
  readonly finished: number;
  /** The unfinished work, in words: "1,200 steps on 40,000 images". */
  readonly work: readonly string[];
  /** Bytes that it adds to the run store. */
  readonly bytes: number;
  /** Hours on this machine, and where the estimate comes from. */
  readonly hours: number;
  readonly basis: string;
  /** Where the data come from, a line for each file or set. */
  readonly data: readonly string[];
}
