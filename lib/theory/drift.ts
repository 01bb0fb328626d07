import { UserError } from "../errors";
import { formula } from "./formula";
import { requireIteration, requireWhole } from "./ranges";

/** A symbol of probability p that is estimated by its share among N draws, round after round. */
export interface SymbolDrift {
  /** N, draws of a round. */
  readonly N: number;
  /** Probability of the symbol in the real data. */
  readonly p: number;
  /** n, fits so far; 1 = real data only. */
  readonly n: number;
}

function check({ N, p, n }: SymbolDrift): void {
  requireWhole("N", "draws of a round", N);
  requireProbability(p);
  requireIteration(n);
}

export function requireProbability(p: number): void {
  if (!(p >= 0 && p <= 1)) throw new UserError(`A probability lies between 0 and 1, not at ${p}.`);
}

/** Replace (Wright–Fisher): Var p̂_n = p(1−p)[1 − (1 − 1/N)^n]; it ends in one symbol. Exact. */
export const wrightFisherVariance = formula<SymbolDrift>({
  title: "Share of a symbol under Replace (Wright–Fisher): variance",
  left: "\\operatorname{Var} \\hat p_n",
  expression: "p * (1 - p) * (1 - (1 - 1 / N)^n)",
  check,
});

/**
 * Accumulate (a Pólya urn that grows by N draws a round): Var p̂_n = p(1−p)[1 − Π_{k≤n}(1 − 1/(N k²))],
 * so heterozygosity keeps the factor sin(π/√N)/(π/√N), the Gaussian's own. Exact (derived; against the
 * collapse "after sufficient time" of Wang et al., arXiv 2412.14872).
 */
export const urnVariance = formula<SymbolDrift>({
  title: "Share of a symbol under Accumulate (a Pólya urn): variance",
  left: "\\operatorname{Var} \\hat p_n",
  expression: "p * (1 - p) * (1 - product(1 - 1 / (N * k^2), k, 1, n))",
  check,
});

/**
 * g_n of Suresh et al. (arXiv 2412.17646): g_1 = 1, g_{k+1} = 1 − e^(−g_k), about 2/n. Under Replace
 * the tail after n rounds is that of N·g_n real draws.
 */
export function tailFactor(n: number): number {
  requireIteration(n);
  let g = 1;
  for (let k = 1; k < n; k++) g = 1 - Math.exp(-g);
  return g;
}

/**
 * Lower bound of Pr(a symbol is still there) after n rounds of Replace, 1 − e^(−N p g_n) (Suresh et
 * al., Theorem 1); exact where the number of draws is Poisson. Holds for any N and p.
 */
export const survivalBound = formula<SymbolDrift>({
  title: "A symbol's chance to be left after n rounds of Replace: lower bound",
  left: "\\Pr(\\hat p_n > 0) \\ge",
  expression: "1 - exp(-N * p * g)",
  check,
  derive: ({ n }) => ({ g: tailFactor(n) }),
});

/** Its upper bound, 1 − (1 − 3Np² − 3np)₊ e^(−N p g_n) (the same theorem). */
export const survivalUpperBound = formula<SymbolDrift>({
  title: "A symbol's chance to be left after n rounds of Replace: upper bound",
  left: "\\Pr(\\hat p_n > 0) \\le",
  expression: "1 - max(0, 1 - 3 * N * p^2 - 3 * n * p) * exp(-N * p * g)",
  check,
  derive: ({ n }) => ({ g: tailFactor(n) }),
});

/** Most draws for which the chain's distribution is followed, which takes N² steps per round. */
const LARGEST = 1000;

/**
 * The same chance exactly, for n = 1 … `rounds`: the distribution of the symbol's count is followed
 * through the Wright–Fisher chain, binomial upon binomial. @throws UserError for N above 1,000
 */
export function survivalChances({ N, p, n: rounds }: SymbolDrift): number[] {
  check({ N, p, n: rounds });
  if (N > LARGEST)
    throw new UserError(
      `N = ${N} draws are too many for the exact chain, which is followed up to ${LARGEST}; use survivalBound.`,
    );
  let law = binomial(N, p);
  const chances = [1 - law[0]];
  const next = Array.from({ length: N + 1 }, (_, j) => binomial(N, j / N));
  for (let n = 2; n <= rounds; n++) {
    const after = new Float64Array(N + 1);
    for (let j = 0; j <= N; j++)
      if (law[j] > 0) for (let i = 0; i <= N; i++) after[i] += law[j] * next[j][i];
    law = after;
    chances.push(1 - law[0]);
  }
  return chances;
}

/** Probabilities of 0 … N successes, from the mode outwards, so that nothing under- or overflows. */
function binomial(N: number, p: number): Float64Array {
  const law = new Float64Array(N + 1);
  if (p <= 0 || p >= 1) {
    law[p <= 0 ? 0 : N] = 1;
    return law;
  }
  const mode = Math.min(N, Math.floor((N + 1) * p));
  law[mode] = 1;
  for (let k = mode; k < N; k++) law[k + 1] = ((law[k] * (N - k)) / (k + 1)) * (p / (1 - p));
  for (let k = mode; k > 0; k--) law[k - 1] = ((law[k] * k) / (N - k + 1)) * ((1 - p) / p);
  const total = law.reduce((a, b) => a + b, 0);
  return law.map((value) => value / total);
}

/** Symbols of probabilities p_i, N draws a round, n rounds of Replace. */
export interface Tail {
  readonly p: readonly number[];
  readonly N: number;
  readonly n: number;
}

/** Bounds of an expectation. */
export interface Bounds {
  readonly low: number;
  readonly high: number;
}

/**
 * Expected true probability of the symbols that are gone, Σ p_i Pr(p̂_i = 0), between what both bounds
 * of Suresh et al. give. `high` is that of N g_n real draws, which it nearly is (derived). The same
 * tail is Dohmatob et al.'s (arXiv 2402.07043).
 */
export function missingMassBounds({ p, N, n }: Tail): Bounds {
  const sum = (of: (p: number) => number) => p.reduce((total, each) => total + each * of(each), 0);
  return {
    low: sum((each) => 1 - survivalUpperBound({ N, p: each, n })),
    high: sum((each) => 1 - survivalBound({ N, p: each, n })),
  };
}

/** Rounds of N items, a share α of them real and new, the rest from the last estimate. */
export interface Batched extends SymbolDrift {
  /** α in (0, 1]. */
  readonly alpha: number;
}

/**
 * Variance of a symbol's estimated share for n = 1 … `n` where every round brings αN real items and
 * (1−α)N samples, unmarked, and the estimate averages the batch estimates
 * b_i = (share_i − (1−α) p̂_{i−1})/α. To leading order p(1−p)/(n N α²): the effective sample size is
 * Σ N α² (Kanabar & Gastpar, arXiv 2501.19273). Exact as long as no estimate leaves [0, 1]; the first
 * round is all real here.
 */
export function batchEstimateVariances({ N, p, n: rounds, alpha }: Batched): number[] {
  check({ N, p, n: rounds });
  let variance = (p * (1 - p)) / N;
  let information = N;
  const variances = [variance];
  for (let n = 2; n <= rounds; n++) {
    const own = N * alpha ** 2;
    const w = own / (information + own);
    // Real items vary about p, samples about the estimate, whose own variance they do not have.
    const batch = (p * (1 - p) - (1 - alpha) * variance) / own;
    variance = (1 - w) ** 2 * variance + w ** 2 * batch;
    information += own;
    variances.push(variance);
  }
  return variances;
}

/** The same where the real items are marked and the others ignored: p(1−p)/(N (1 + (n−1) α)). Exact. */
export const markedEstimateVariance = formula<Batched>({
  title: "Share of a symbol, real items marked: variance",
  left: "\\operatorname{Var} \\hat p_n",
  expression: "p * (1 - p) / (N * (1 + (n - 1) * alpha))",
  check,
});

/** The batch estimates and their effective sample size, in LaTeX. */
export const batchTex =
  "b_i = \\frac{\\text{share}_i - (1-\\alpha)\\,\\hat p_{i-1}}{\\alpha}, \\qquad \\operatorname{Var} \\hat p_n \\approx \\frac{p(1-p)}{\\sum_i N \\alpha_i^2}";

/** Missing mass and the effective sample size behind it, in LaTeX. */
export const tailTex =
  "\\sum_i p_i \\Pr(\\hat p_i = 0) \\lesssim \\sum_i p_i e^{-N g_n p_i}, \\qquad g_1 = 1,\\ g_{k+1} = 1 - e^{-g_k} \\approx \\frac{2}{k+1}";
