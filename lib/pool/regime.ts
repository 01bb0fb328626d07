/**
 * A data regime: given the model-fitting iteration n it says which items model n is trained on
 * and how many it must sample. A pure value; the loop, the pool and the store know no regime.
 * Vocabulary of paper §2: block 1 is the real data, block n+1 was sampled from model n.
 */
export interface Regime {
  /** Name in records and figures: "replace", "accumulate", "keep-real-10%". */
  readonly name: string;
  /**
   * @param n model-fitting iteration, 1 = real data only
   * @param realItems T, the number of real items of one round
   */
  plan(n: number, realItems: number): Plan;
}

/** What one generation trains on and produces. Plain JSON: it is part of the generation's address. */
export interface Plan {
  /** The parts of the training set, in order. */
  readonly parts: readonly Part[];
  /** If given, train on this many items drawn uniformly without replacement from all parts. */
  readonly subsample?: number;
  /** Items that model n must sample (block n+1). */
  readonly produce: number;
}

export interface Part {
  /** 1 = real data, k+1 = sampled from model k. */
  readonly block: number;
  /** Items from … to−1 of the block, in order; all of it when absent. */
  readonly range?: readonly [from: number, to: number];
  /** This many items drawn uniformly without replacement from the block (or from its range). */
  readonly draw?: number;
}

/** How a regime is written in a config or on the command line. */
export interface RegimeSpec {
  readonly kind: string;
  readonly [option: string]: unknown;
}
