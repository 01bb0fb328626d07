import { UserError } from "../errors";
import { checkCount, checkPositive, checkShare, namedRegime, percent } from "./checkRegime";
import type { Part, Regime } from "./regime";

// T is the number of real items and n the model-fitting iteration, 1 = real data only.

/**
 * Keeps a share of the real data in an otherwise replaced set: from n = 2 on, round(share·T) real
 * items, drawn anew each round, and the rest of T from model n−1 (Shumailov et al. keep 10 %).
 * @param share in (0, 1)
 */
export function keepReal(share: number): Regime {
  checkShare(share);
  return namedRegime(`keep-real-${percent(share)}`, (n, T) => {
    const real = Math.round(share * T);
    const parts: Part[] = [];
    if (n === 1) parts.push({ block: 1 });
    else {
      if (real > 0) parts.push({ block: 1, draw: real });
      if (real < T) parts.push({ block: n });
    }
    return { parts, produce: T - real };
  });
}

/**
 * Fresh real data every round: model 1 trains on the first `items` real items; each later model on
 * round(share·items) real items that no model has seen yet, and for the rest on samples of the
 * model before (the mixture that the paper names as future work). N iterations use up
 * items·(1 + (N−1)·share) real items.
 * @param share in (0, 1]
 * @param items size of each training set; must leave real items over for the later rounds
 */
export function freshReal(share: number, items: number): Regime {
  checkShare(share, true);
  checkCount(items, "items of a round");
  const name = `fresh-real-${percent(share)}`;
  const fresh = Math.round(share * items);
  return namedRegime(name, (n, available) => {
    const to = items + (n - 1) * fresh;
    if (to > available)
      throw new UserError(
        `The real data run out: regime ${name} with ${items} items per round needs ${to} real items ` +
          `up to iteration ${n}, and there are ${available}. Use fewer iterations, a smaller ` +
          "share or smaller rounds.",
      );
    const parts: Part[] = [];
    if (n === 1) parts.push({ block: 1, range: [0, items] });
    else {
      if (fresh > 0) parts.push({ block: 1, range: [to - fresh, to] });
      if (fresh < items) parts.push({ block: n });
    }
    return { parts, produce: items - fresh };
  });
}

/**
 * The real data and the latest block: from n = 2 on, all T real items and round(ratio·T) samples of
 * the model before. For estimated means the error tends to (1 + 3λ)/(1 + 2λ) times that of one fit,
 * λ the ratio; MAD's synthetic augmentation loop (Alemohammad et al., arXiv 2307.01850).
 * @param ratio λ, synthetic items per real one
 */
export function realAndLatest(ratio: number): Regime {
  checkPositive(ratio, "ratio of synthetic to real items");
  return namedRegime(`real-and-latest-${ratio}`, (n, T) => ({
    parts: n === 1 ? [{ block: 1 }] : [{ block: 1 }, { block: n }],
    produce: Math.round(ratio * T),
  }));
}

/** How {@link weightedReal} mixes. */
export interface WeightedReal {
  /** Weight w of the real part as a whole, in (0, 1); the synthetic part has 1 − w. */
  readonly weight: number;
  /** Synthetic items per real one. @defaultValue 1 */
  readonly ratio?: number;
  /** Fresh real items of each round; absent: all real items, the same in each round. */
  readonly items?: number;
}

/**
 * A real part, fresh or kept, of weight w against the latest synthetic block of weight 1 − w. With
 * fresh real data and as many synthetic items, the error of a mean is smallest at w = 1/φ = 0.618,
 * the golden ratio (He et al., arXiv 2502.18049).
 */
export function weightedReal({ weight, ratio = 1, items }: WeightedReal): Regime {
  if (!(weight > 0 && weight < 1))
    throw new UserError(`The weight of the real part must lie between 0 and 1, not ${weight}.`);
  checkPositive(ratio, "ratio of synthetic to real items");
  if (items !== undefined) checkCount(items, "items of a round");
  const name = `weighted-real-${weight}-ratio-${ratio}${items === undefined ? "" : "-fresh"}`;
  return namedRegime(name, (n, T) => {
    const real = items ?? T;
    if (items !== undefined && n * items > T)
      throw new UserError(
        `The real data run out: regime ${name} with ${items} fresh items per round needs ` +
          `${n * items} up to iteration ${n}, and there are ${T}. Use fewer iterations or smaller rounds.`,
      );
    const synthetic = Math.round(ratio * real);
    const part = items === undefined ? { block: 1 } : freshPart(n, items);
    // Per item, with mean 1 over the training set.
    const of = (share: number, count: number) => (share * (real + synthetic)) / count;
    return {
      parts:
        n === 1
          ? [part]
          : [
              { ...part, weight: of(weight, real) },
              { block: n, weight: of(1 - weight, synthetic) },
            ],
      produce: synthetic,
    };
  });
}

const freshPart = (n: number, items: number): Part => ({
  block: 1,
  range: [(n - 1) * items, n * items],
});
