import { UserError } from "../errors";
import { checkCount, checkShare, namedRegime, percent } from "./checkRegime";
import type { Regime } from "./regime";
import { allBlocks } from "./wholeBlocks";

/**
 * Accumulate with fresh real data: round n brings round(share·items) real items that no model has seen,
 * and samples of the model before for the rest; every model is trained on all rounds so far and sees which
 * block an item comes from (Kanabar & Gastpar, arXiv 2501.19273). Round 1 is `items` real items.
 * @param share in (0, 1)
 * @param items items of each round; N iterations use up items·(1 + (N−1)·share) real ones
 */
export function accumulateFresh(share: number, items: number): Regime {
  checkShare(share);
  checkCount(items, "items of a round");
  const fresh = Math.round(share * items);
  const name = `accumulate-fresh-${percent(share)}`;
  return namedRegime(name, (n, available) => {
    const to = items + (n - 1) * fresh;
    if (to > available)
      throw new UserError(
        `The real data run out: regime ${name} with ${items} items per round needs ${to} real items up to iteration ${n}, and there are ${available}. Use fewer iterations, a smaller share or smaller rounds.`,
      );
    const [real, ...synthetic] = allBlocks(n);
    return {
      parts: [{ ...real, range: [0, to] }, ...synthetic],
      provenance: "visible",
      produce: items - fresh,
    };
  });
}
