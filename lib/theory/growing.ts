import { UserError } from "../errors";
import { formula } from "./formula";
import { type OlsAt, requireOlsAt } from "./ranges";

/**
 * Round i brings m_i T items: X repeated m_i times, each with its own label noise. The real data are
 * T items, so m_1 = 1.
 */
export interface Batches extends OlsAt {
  /** m_1 … m_n, whole numbers from 1 on. */
  readonly m: readonly number[];
}

/** Every round multiplies the batch (or the pool) by g. */
export interface Growth extends OlsAt {
  /** Growth factor, a whole number: g ≥ 1 (≥ 2 where it is the pool that grows). */
  readonly g: number;
}

function checkBatches(values: Batches): void {
  requireOlsAt(values);
  const { m, n } = values;
  if (m.length < n)
    throw new UserError(`n = ${n} rounds need ${n} batch sizes m, but only ${m.length} are given.`);
  const wrong = m.findIndex((size) => !(Number.isSafeInteger(size) && size >= 1));
  if (wrong >= 0)
    throw new UserError(
      `Batch size m_${wrong + 1} must be a whole number from 1 on, not ${m[wrong]}: ${WHOLE}`,
    );
  if (m[0] !== 1)
    throw new UserError(`Batch size m_1 must be 1, not ${m[0]}: the real data are T items.`);
}

const WHOLE = "with a fixed X a batch is X repeated a whole number of times.";

function checkGrowth(values: Growth): void {
  requireOlsAt(values);
  if (!(Number.isSafeInteger(values.g) && values.g >= 1))
    throw new UserError(
      `The growth factor g must be a whole number from 1 on, not ${values.g}: ${WHOLE}`,
    );
}

function checkPoolGrowth(values: Growth): void {
  checkGrowth(values);
  if (values.g === 1)
    throw new UserError("A pool multiplied by g = 1 does not grow; take g = 2 or more.");
}

/**
 * Replace with growing batches: v Σ 1/m_i. m_i = i is Replace-Multiple; bounded if and only if
 * Σ 1/m_i converges.
 */
export const replaceBatchesError = formula<Batches>({
  title: "Replace, batches of m_i T items",
  left: "E_n^{\\mathrm{replace}}",
  expression: "sigma2 * d / (T - d - 1) * series(1 / m[i], i, 1, n)",
  check: checkBatches,
});

/** Accumulate with batches of m_i T items: v Σ_i m_i / M_i², M_i = m_1 + … + m_i. m_i = 1 is Theorem 2. */
export const accumulateBatchesError = formula<Batches>({
  title: "Accumulate, batches of m_i T items",
  left: "E_n^{\\mathrm{accumulate}}",
  expression: "sigma2 * d / (T - d - 1) * series(m[i] / M[i]^2, i, 1, n)",
  check: checkBatches,
  derive({ m }) {
    let pool = 0;
    return { M: m.map((size) => (pool += size)) };
  },
});

/** Replace where every batch is g times the last: v Σ_{i≤n} g^{1−i}, bounded by v g/(g−1). */
export const replaceGrowingError = formula<Growth>({
  title: "Replace, batches growing g-fold",
  left: "E_n^{\\mathrm{replace}}",
  expression: "sigma2 * d / (T - d - 1) * series(g^(1 - i), i, 1, n)",
  check: checkGrowth,
});

/**
 * Accumulate where every round multiplies the pool by g: round i ≥ 2 adds (g−1) g^{i−2} T items,
 * so E = v (1 + (g−1) Σ_{i=2..n} g^{−i}), bounded by v (1 + 1/g). Even a pool that is ever more
 * synthetic does not collapse by label noise alone (against Martinez et al.'s g = 2 observation).
 */
export const accumulateGrowingError = formula<Growth>({
  title: "Accumulate, pool growing g-fold",
  left: "E_n^{\\mathrm{accumulate}}",
  expression: "sigma2 * d / (T - d - 1) * (1 + (g - 1) * series(g^(-i), i, 2, n))",
  check: checkPoolGrowth,
});

/** Its limit, v (1 + 1/g). */
export const accumulateGrowingLimit = formula<Omit<Growth, "n">>({
  title: "Limit of Accumulate, pool growing g-fold",
  left: "E_\\infty^{\\mathrm{accumulate}}",
  expression: "sigma2 * d / (T - d - 1) * (1 + 1 / g)",
  check: (values) => checkPoolGrowth({ ...values, n: 1 }),
});
