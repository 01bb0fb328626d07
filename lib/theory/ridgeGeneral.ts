import { UserError } from "../errors";
import { formula } from "./formula";
import {
  requireIteration,
  requireNonNegative,
  requirePositive,
  requireVariance,
  requireWhole,
} from "./ranges";

/**
 * {@link Ridge} for inputs with any covariance, given by its eigenvalues (Dohmatob, Feng & Kempe,
 * eq. 23): large d, T, T0.
 */
export interface GeneralRidge {
  /** Eigenvalues s_j > 0 of Σ. */
  readonly s: readonly number[];
  /** Coordinates w_j of w* along the eigenvectors. */
  readonly w: readonly number[];
  readonly T: number;
  readonly T0: number;
  readonly sigma2: number;
  readonly lambda: number;
  readonly n: number;
}

interface Spectrum {
  readonly s: readonly number[];
  readonly d: number;
  readonly kappa: number;
}

function requireSpectrum({ s, d, kappa }: Spectrum): void {
  requireWhole("d", "the number of eigenvalues s", d);
  if (s.length !== d) throw new UserError(`d = ${d}, but s has ${s.length} eigenvalues.`);
  if (!s.every((value) => value > 0 && value < Number.POSITIVE_INFINITY))
    throw new UserError("Every eigenvalue s must be positive and finite.");
  requireNonNegative("kappa (κ, the effective ridge)", kappa);
}

/** A fit to T rows keeps T − df₂ degrees of freedom for its noise. */
function requireFreedom({ T, df2 }: { readonly T: number; readonly df2: number }): void {
  requireWhole("T", "the number of items of one round", T);
  if (!(df2 >= 0 && df2 < T))
    throw new UserError(`df2 must be between 0 and T = ${T}; it is ${df2}.`);
}

function requireCoordinates(w: readonly number[], d: number): void {
  if (w.length !== d)
    throw new UserError(`w has ${w.length} coordinates but the covariance has ${d} eigenvalues s.`);
}

/** df₁(κ) = tr Σ (Σ + κ)⁻¹. */
export const degreesOfFreedom1 = formula<Spectrum>({
  title: "First-order degrees of freedom",
  left: "\\mathrm{df}_1(\\kappa)",
  expression: "series(s[j] / (s[j] + kappa), j, 1, d)",
  check: requireSpectrum,
});

/** df₂(κ) = tr Σ² (Σ + κ)⁻². */
export const degreesOfFreedom2 = formula<Spectrum>({
  title: "Second-order degrees of freedom",
  left: "\\mathrm{df}_2(\\kappa)",
  expression: "series(s[j]^2 / (s[j] + kappa)^2, j, 1, d)",
  check: requireSpectrum,
});

/** Bias + variance of one fit on real data: (κ² Σ_j s_j w_j²/(s_j+κ)² T + σ² df₂)/(T − df₂). */
export const generalRidgeCleanError = formula<
  Spectrum & { w: readonly number[]; T: number; sigma2: number; df2: number }
>({
  title: "Ridge on real data, any covariance",
  left: "E_1^{\\mathrm{ridge}}",
  expression:
    "(T * kappa^2 * series(s[j] * w[j]^2 / (s[j] + kappa)^2, j, 1, d) + sigma2 * df2) / (T - df2)",
  check(values) {
    requireSpectrum(values);
    requireFreedom(values);
    requireCoordinates(values.w, values.d);
    requireVariance("sigma2 (σ²)", values.sigma2);
  },
});

/** ρ of eq. 23: (df₂ + κ² tr(Σ+κ)⁻² df₂/(T − df₂)) / (T₀ − d). */
export const generalRidgeRoundCost = formula<Spectrum & { T: number; T0: number; df2: number }>({
  title: "Cost of one round of relabelling under ridge, any covariance (eq. 23)",
  left: "\\rho",
  expression:
    "(df2 + kappa^2 * df2 / (T - df2) * series(1 / (s[j] + kappa)^2, j, 1, d)) / (T0 - d)",
  check(values) {
    requireSpectrum(values);
    requireFreedom(values);
    requireGenerator(values.T0, values.d);
  },
});

function requireGenerator(T0: number, d: number): void {
  requireWhole("T0", "the number of items a generator is fitted to", T0);
  if (T0 <= d) throw new UserError(`The generators need T0 > d; T0 = ${T0} and d = ${d}.`);
}

/**
 * Solves κ − λ = κ df₁(κ)/T for its largest root by bisection, to rounding.
 * @throws UserError unless there are eigenvalues, all positive, T ≥ 1 and λ > 0
 */
export function effectiveRidgeGeneral(s: readonly number[], T: number, lambda: number): number {
  requirePositive("lambda (λ)", lambda);
  requireSpectrum({ s, d: s.length, kappa: lambda });
  requireWhole("T", "the number of items of one round", T);
  // The sum of degreesOfFreedom1 in plain numbers, as it is needed some sixty times.
  const excess = (kappa: number): number => {
    let freedom = 0;
    for (const value of s) freedom += value / (value + kappa);
    return kappa - lambda - (kappa * freedom) / T;
  };
  // κ df₁(κ) = Σ s_j κ/(s_j + κ) ≤ tr Σ, so the root lies below λ + tr Σ/T.
  let low = lambda;
  let high = lambda + s.reduce((a, b) => a + b, 0) / T;
  if (excess(high) <= 0) return high;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return high;
    if (excess(middle) > 0) high = middle;
    else low = middle;
  }
}

/** Test error of iteration n: bias + variance + (n−1) σ² ρ. */
export function generalRidgeError(values: GeneralRidge): number {
  const { s, w, T, T0, sigma2, lambda, n } = values;
  const d = s.length;
  requireVariance("sigma2 (σ²)", sigma2);
  requireIteration(n);
  requireCoordinates(w, d);
  if (n > 1) requireGenerator(T0, d);
  const kappa = effectiveRidgeGeneral(s, T, lambda);
  const df2 = degreesOfFreedom2({ s, d, kappa });
  const clean = generalRidgeCleanError({ s, w, d, T, sigma2, kappa, df2 });
  return n === 1
    ? clean
    : clean + (n - 1) * sigma2 * generalRidgeRoundCost({ s, d, kappa, T, T0, df2 });
}
