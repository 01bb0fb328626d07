import type { Curation } from "./curation/spec";

/**
 * A data regime: given the model-fitting iteration n it says which items model n is trained on, how
 * many it must sample, and what happens to the samples before they become a block. A pure value; the
 * loop, the pool and the store know no regime by its name.
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

/** What one generation trains on and produces. Plain JSON: it is part of the addresses of its stages. */
export interface Plan {
  /** The parts of the training set, in order. */
  readonly parts: readonly Part[];
  /** If given, train on this many items drawn uniformly without replacement from all parts. */
  readonly subsample?: number;
  /** "visible": the fit may see which block each item comes from. Default: it may not. */
  readonly provenance?: "visible";
  /** Items of block n+1, which model n samples; with `curate`, what is left after that. */
  readonly produce: number;
  /** What happens to samples before they become block n+1. Default: nothing. */
  readonly curate?: Curation;
}

export interface Part {
  /** 1 = real data, k+1 = sampled from model k. */
  readonly block: number;
  /** Name of another chain of the same run and seed, whose block it is. Default: this chain. */
  readonly chain?: string;
  /** Items from … to−1 of the block, in order; all of it when absent. */
  readonly range?: readonly [from: number, to: number];
  /** This many items drawn uniformly without replacement from the block (or from its range). */
  readonly draw?: number;
  /** Weight of each of its items in the fit; only tasks that are `weighted` can use it. Default: 1. */
  readonly weight?: number;
}

/** How a regime is written in a config or on the command line. */
export interface RegimeSpec {
  readonly kind: string;
  readonly [option: string]: unknown;
}

/** Names the block of a part: "3", or "other/3" for a block of the chain "other". */
export function blockName({
  block,
  chain,
}: {
  readonly block: number;
  readonly chain?: string | undefined;
}): string {
  return chain === undefined ? String(block) : `${chain}/${block}`;
}

/** Whether a block of this name is real data: "1", or "other/1" of another chain. */
export const isRealBlock = (name: string): boolean => /(^|\/)1$/.test(name);
