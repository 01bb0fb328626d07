import { UserError } from "../errors";
import { formula } from "./formula";
import { requireNonNegative, requirePositive, requireShare, requireWhole } from "./ranges";
import { normalCumulative } from "./special";

// What curation does to a distribution, for T → ∞.

/** K samples, one of which is kept with probability e^r/Σ e^r (Bradley–Terry). */
export interface BestOf {
  /** K ≥ 2. */
  readonly candidates: number;
  /** Rewards r of the outcomes. */
  readonly reward: readonly number[];
  /** A share φ of the choices is made by another reward. */
  readonly other?: { readonly share: number; readonly reward: readonly number[] };
}

/**
 * Distribution after best-of-K: p_{t+1}(x) = p_t(x) H_K(x), H_K(x) = E[K e^{r(x)}/(e^{r(x)} + Σ_{j=2..K}
 * e^{r(x_j)})] (Ferbach et al., arXiv 2407.09499); with another reward the mixture of both (Wei & Zhang,
 * arXiv 2505.09768). Sums over all outcomes of the other K − 1.
 * @throws UserError for K < 2, or more than 10⁶ combinations
 */
export function bestOfStep(p: readonly number[], { candidates, reward, other }: BestOf): number[] {
  requireWhole("candidates", "K, samples of which one is kept", candidates, 2);
  if (p.length ** (candidates - 1) > 1e6)
    throw new UserError(`${p.length} outcomes and K = ${candidates} make too many combinations.`);
  for (const r of [...reward, ...(other?.reward ?? [])])
    if (!Number.isFinite(r)) throw new UserError(`A reward must be a finite number, not ${r}.`);
  const share = other?.share ?? 0;
  const own = preference(p, candidates, reward);
  const second = other ? preference(p, candidates, other.reward) : own;
  return p.map((px, x) => px * ((1 - share) * own[x] + share * second[x]));
}

/** H_K(x) for every outcome x. */
function preference(p: readonly number[], candidates: number, reward: readonly number[]): number[] {
  const strength = reward.map(Math.exp);
  const expected = (left: number, own: number, sum: number): number =>
    left === 0
      ? (candidates * own) / sum
      : p.reduce((total, q, y) => total + q * expected(left - 1, own, sum + strength[y]), 0);
  return strength.map((own) => expected(candidates - 1, own, own));
}

/** Keep the best share q of a Gaussian. */
export interface KeepTop {
  readonly q: number;
  readonly n: number;
}

function checkTop({ q, n }: KeepTop): void {
  requireShare("q", q);
  requireWhole("n", "the model-fitting iteration; 1 is the real data", n);
  if (q === 1) throw new UserError("q = 1 keeps everything; take a share below 1.");
}

/**
 * Variance of a Gaussian refitted to the best share q of its samples: × (1 − i(i − z)) a round, z the
 * quantile and i = φ(z)/q the selection intensity (breeder's equation; derived for this loop). × 0.363 at
 * q = ½: curation without real data ends variety geometrically.
 */
export const keepTopVariance = formula<KeepTop>({
  title: "Keep the best share q: variance",
  left: "\\sigma_n^2 / \\sigma_0^2",
  expression: "(1 - normalDensity(z) / q * (normalDensity(z) / q - z))^(n - 1)",
  check: checkTop,
  derive: ({ q }) => ({ z: quantileAbove(q) }),
});

/** Its mean in units of σ₀: i Σ_{k<n−1} c^{k/2}, c the factor of {@link keepTopVariance}. */
export const keepTopMean = formula<KeepTop>({
  title: "Keep the best share q: mean",
  left: "(\\mu_n - \\mu_0) / \\sigma_0",
  expression:
    "normalDensity(z) / q * series((1 - normalDensity(z) / q * (normalDensity(z) / q - z))^(k / 2), k, 0, n - 2)",
  check: checkTop,
  derive: ({ q }) => ({ z: quantileAbove(q) }),
});

/** z with 1 − Φ(z) = q, by bisection. */
function quantileAbove(q: number): number {
  let low = -40;
  let high = 40;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return middle;
    if (1 - normalCumulative(middle) > q) low = middle;
    else high = middle;
  }
}

/** Samples of N(μ, 1) that a verifier keeps if |x − c| ≤ r. */
export interface Window {
  readonly mu: number;
  readonly c: number;
  readonly r: number;
}

/**
 * Mean of what is kept, which the next model estimates: tends to the verifier's centre c and not to the
 * truth (Yi et al., arXiv 2510.16657; the map is derived).
 */
export const windowMean = formula<Window>({
  title: "Keep what a verifier with centre c and radius r accepts: next mean",
  left: "\\mu'",
  expression:
    "mu + (normalDensity(c - r - mu) - normalDensity(c + r - mu)) / (normalCumulative(c + r - mu) - normalCumulative(c - r - mu))",
  check: ({ r }) => requirePositive("r, the radius of the window,", r),
});

/** Rate at which it gets there: 1 − 2 r φ(r)/(2Φ(r) − 1). */
export const windowContraction = formula<Pick<Window, "r">>({
  title: "The same near c: what is left of the distance after a round",
  left: "\\rho",
  expression: "1 - 2 * r * normalDensity(r) / (2 * normalCumulative(r) - 1)",
  check: ({ r }) => requirePositive("r, the radius of the window,", r),
});

/** Resampling by a detector's verdict, right for real items and for samples with these chances. */
export interface Detector {
  /** α, share of real items before. */
  readonly alpha: number;
  /** Chance that a real item is called real, and a sample a sample. */
  readonly accuracy: number;
  /** q of what is called a sample, 1 − q of what is called real. */
  readonly q: number;
  /** b of the weights (1 − q)^b. */
  readonly power: number;
}

/**
 * Share of real items after drawing with weights (1 − q)^b: α E₁w/(α E₁w + (1−α) E₀w) (rule of Drayson et
 * al., arXiv 2502.15654; form derived), for few draws out of many copies.
 */
export const detectedShare = formula<Detector>({
  title: "Share of real items after resampling by a detector",
  left: "\\alpha'",
  expression:
    "alpha * (accuracy * q^power + (1 - accuracy) * (1 - q)^power) / (alpha * (accuracy * q^power + (1 - accuracy) * (1 - q)^power) + (1 - alpha) * ((1 - accuracy) * q^power + accuracy * (1 - q)^power))",
  check({ alpha, accuracy, q, power }) {
    requireShare("alpha (α)", alpha);
    requireShare("accuracy", accuracy);
    requireShare("q", q);
    requireNonNegative("power (b)", power);
  },
});

/**
 * The same without replacement and for any number of draws: an item of weight w is left out of a draw of
 * the share `drawn` of all copies with probability e^{−ws}, where s makes the shares add up.
 */
export function detectedShareDrawn(detector: Detector, drawn: number): number {
  detectedShare(detector);
  requireShare("drawn, the share of the copies,", drawn);
  const { alpha, accuracy, q, power } = detector;
  const kinds = [
    { real: 1, share: alpha * accuracy, w: q ** power },
    { real: 1, share: alpha * (1 - accuracy), w: (1 - q) ** power },
    { real: 0, share: (1 - alpha) * (1 - accuracy), w: q ** power },
    { real: 0, share: (1 - alpha) * accuracy, w: (1 - q) ** power },
  ];
  const taken = (s: number, of: (real: number) => number) =>
    kinds.reduce((sum, { real, share, w }) => sum + of(real) * share * -Math.expm1(-w * s), 0);
  let [low, high] = [-60, 60];
  for (let i = 0; i < 200; i++) {
    const middle = (low + high) / 2;
    if (taken(Math.exp(middle), () => 1) < drawn) low = middle;
    else high = middle;
  }
  return taken(Math.exp(low), (real) => real) / drawn;
}

/** The map of {@link bestOfStep}, in LaTeX: a sum over all candidates has no shorter expression. */
export const bestOfTex =
  "p_{t+1}(x) = p_t(x)\\, \\mathbb{E}\\!\\left[\\frac{K e^{r(x)}}{e^{r(x)} + \\sum_{j=2}^{K} e^{r(x_j)}}\\right]";
