import { UserError } from "../errors";
import { namedRegime } from "./checkRegime";
import type { Regime } from "./regime";
import { allBlocks } from "./wholeBlocks";

/**
 * Accumulate with growing rounds: each round multiplies the pool by `factor`, so that model n
 * trains on round(T·factor^(n−1)) items. Martinez et al. saw collapse under accumulation when each
 * round added about twice what was there, factor 3 (paper App. A).
 * @param factor greater than 1; 2 doubles the pool every round
 */
export function growing(factor: number): Regime {
  if (!(factor > 1 && Number.isFinite(factor)))
    throw new UserError(
      `A growing pool needs a factor greater than 1, not ${factor}: 2 doubles it every round.`,
    );
  return namedRegime(`growing-${factor}x`, (n, T) => ({
    parts: allBlocks(n),
    produce: Math.round(T * factor ** n) - Math.round(T * factor ** (n - 1)),
  }));
}

/**
 * Replace with growing rounds: model n trains on round(T·n^exponent) items, all from model n−1. The
 * error of a mean is Σ t^(−exponent) times that of one fit: it stays bounded from above 1 on, and at
 * 2 tends to π²/6, Accumulate's constant, without real data after round 1 (Xu et al., arXiv
 * 2505.13947).
 * @param exponent a ≥ 0; 0 is Replace
 */
export function replaceGrowing(exponent: number): Regime {
  if (!(exponent >= 0 && Number.isFinite(exponent)))
    throw new UserError(`Growing rounds need an exponent from 0 on, not ${exponent}.`);
  return namedRegime(`replace-growing-${exponent}`, (n, T) => ({
    parts: [{ block: n }],
    produce: Math.round(T * (n + 1) ** exponent),
  }));
}
