import { namedRegime } from "./checkRegime";
import type { Part, Regime } from "./regime";

// T is the number of real items and n the model-fitting iteration, 1 = real data only.

/** Replace: model n trains on the T items that model n−1 sampled (paper §2). */
export const replace: Regime = namedRegime("replace", (n, T) => ({
  parts: [{ block: n }],
  produce: T,
}));

/** Accumulate: model n trains on the real items and all samples so far, n·T items (paper §2). */
export const accumulate: Regime = namedRegime("accumulate", (n, T) => ({
  parts: allBlocks(n),
  produce: T,
}));

/**
 * Replace-Multiple: model n trains on n·T items, all of them from model n−1: as large a set as
 * under Accumulate, at the price of sampling n·T items per round (paper Table 2, App. E).
 */
export const replaceMultiple: Regime = namedRegime("replace-multiple", (n, T) => ({
  parts: [{ block: n }],
  produce: (n + 1) * T,
}));

/**
 * Accumulate-Subsample: model n trains on T items drawn without replacement from all n·T, so that
 * the cost of a fit stays fixed (Kazdan et al., "Collapse or Thrive?").
 */
export const accumulateSubsample: Regime = namedRegime("accumulate-subsample", (n, T) => ({
  parts: allBlocks(n),
  // The first draw would be all of the real data: without it, its fit is the one of Accumulate.
  ...(n > 1 ? { subsample: T } : {}),
  produce: T,
}));

/** The real data and all samples so far. */
export function allBlocks(n: number): Part[] {
  return Array.from({ length: n }, (_, k) => ({ block: k + 1 }));
}
