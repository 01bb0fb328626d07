import { UserError } from "../errors";
import type { Part, Plan, Regime } from "./regime";

// T is the number of real items and n the model-fitting iteration, 1 = real data only.

/** Replace: model n trains on the T items that model n−1 sampled (paper §2). */
export const replace: Regime = regime("replace", (n, T) => ({
  parts: [{ block: n }],
  produce: T,
}));

/** Accumulate: model n trains on the real items and all samples so far, n·T items (paper §2). */
export const accumulate: Regime = regime("accumulate", (n, T) => ({
  parts: blocks(n),
  produce: T,
}));

/**
 * Replace-Multiple: model n trains on n·T items, all of them from model n−1: as large a set as
 * under Accumulate, at the price of sampling n·T items a round (paper Table 2, App. E).
 */
export const replaceMultiple: Regime = regime("replace-multiple", (n, T) => ({
  parts: [{ block: n }],
  produce: (n + 1) * T,
}));

/**
 * Accumulate-Subsample: model n trains on T items drawn without replacement from all n·T, so that
 * the cost of a fit stays fixed (Kazdan et al., "Collapse or Thrive?").
 */
export const accumulateSubsample: Regime = regime("accumulate-subsample", (n, T) => ({
  parts: blocks(n),
  subsample: T,
  produce: T,
}));

/**
 * Keeps a share of the real data in an otherwise replaced set: from n = 2 on, round(share·T) real
 * items, drawn anew each round, and the rest of T from model n−1 (Shumailov et al. keep 10 %).
 * @param share in (0, 1)
 */
export function keepReal(share: number): Regime {
  checkShare(share);
  return regime(`keep-real-${percent(share)}`, (n, T) => {
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
  return regime(name, (n, available) => {
    const to = items + (n - 1) * fresh;
    if (to > available)
      throw new UserError(
        `The real data run out: regime ${name} with ${items} items a round needs ${to} real items ` +
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
  return regime(`growing-${factor}x`, (n, T) => ({
    parts: blocks(n),
    produce: Math.round(T * factor ** n) - Math.round(T * factor ** (n - 1)),
  }));
}

function regime(name: string, plan: (n: number, T: number) => Plan): Regime {
  return {
    name,
    plan(n, realItems) {
      checkCount(n, "model-fitting iteration");
      checkCount(realItems, "number of real items");
      return plan(n, realItems);
    },
  };
}

function blocks(n: number): Part[] {
  return Array.from({ length: n }, (_, k) => ({ block: k + 1 }));
}

function checkCount(value: number, what: string): void {
  if (!(Number.isSafeInteger(value) && value >= 1))
    throw new UserError(`The ${what} must be a whole number from 1 on, not ${value}.`);
}

function checkShare(share: number, closed = false): void {
  if (!(share > 0 && (closed ? share <= 1 : share < 1)))
    throw new UserError(
      `The share of real data must lie between 0 and 1, not ${share}: write 0.1 for 10 %.`,
    );
}

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(6))}%`;
}
