import { UserError } from "../errors";
import { formula } from "./formula";
import { requireNonNegative } from "./ranges";

/**
 * When Accumulate-Subsample stays bounded under a fixed X (large d and T at φ = d/T; derived
 * here, checked by simulation).
 *
 * Late on, the T drawn rows hold each row of X c times, c ~ Poisson(1), with labels of models whose
 * errors scatter by K around their mean. The fit G⁻¹ Σ x(x·δ + ε), G = Σ c x x', passes on
 * (κ + σ²) tr G⁻¹, κ = x'Kx, of which the rows of X themselves see the share γ: κ = γ (κ + σ²).
 * With g = tr G⁻¹ a row drawn c times has leverage c g/(1 + c g), and leverages add up to d, so
 * E[1/(1 + c g)] = 1 − φ and γ = E[g/(1 + c g)] = g (1 − φ). Scatter stays finite if γ < 1.
 */
export const undrawnShare = formula<{ readonly g: number }>({
  title: "Mean of 1/(1 + c g) over rows drawn c ~ Poisson(1) times",
  left: "\\mathbb{E}\\,\\frac{1}{1 + c g}",
  expression: "exp(-1) * series(1 / (c! * (1 + c * g)), c, 0, 30)",
  check: ({ g }) => requireNonNegative("g (tr G⁻¹)", g),
});

/** γ at φ = d/T: the share of the models' scatter that comes back in the next fit. */
export function subsampleGain(phi: number): number {
  // Even infinitely large g leaves the rows that were not drawn, a share of 1/e.
  if (!(phi > 0 && phi < 1 - Math.exp(-1)))
    throw new UserError(
      `d/T must be between 0 and 1 − 1/e ≈ 0.632, the share of different rows in a subsample; it is ${phi}.`,
    );
  const g = bisect((x) => undrawnShare({ g: x }) - (1 - phi), 0, 1e6);
  return g * (1 - phi);
}

/**
 * The d/T ≈ 0.450 at which γ = 1: for large d it diverges with fewer than about 2.2 items per
 * dimension. A small d needs more: at d = 10 and T = 23 the median still grows at n = 2,000.
 */
export function subsampleThreshold(): number {
  return bisect((phi) => 1 - subsampleGain(phi), 1e-3, 0.63);
}

/** Root of a decreasing function. */
function bisect(of: (x: number) => number, from: number, to: number): number {
  let [low, high] = [from, to];
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return middle;
    if (of(middle) > 0) low = middle;
    else high = middle;
  }
}
