import { UserError } from "../errors";
import { formula } from "./formula";
import {
  requireIteration,
  requireNonNegative,
  requirePositive,
  requireRegression,
  requireVariance,
  requireWhole,
} from "./ranges";

/**
 * Ridge after n−1 rounds of least-squares relabelling (Dohmatob, Feng & Kempe): generators fit T0
 * rows without ridge, the last model fits T rows with ŵ = (X'X/T + λ)⁻¹ X'Y/T. Isotropic inputs.
 * Formulas are limits for large d, T, T0 at fixed ratios. The loop's own `training.ridge` is in
 * every fit, on the same X: its closed form is {@link ridgeLoopError}.
 */
export interface Ridge {
  readonly d: number;
  readonly T: number;
  /** T₀, rows of each generator. */
  readonly T0: number;
  /** σ², label noise of every round. */
  readonly sigma2: number;
  readonly lambda: number;
  /** ‖w*‖². */
  readonly truth2: number;
  readonly n: number;
}

function requireRidge(values: Ridge): void {
  requireRegression(values);
  requireIteration(values.n);
  const { d, T0, lambda, truth2 } = values;
  requireWhole("T0", "the number of items a generator is fitted to", T0);
  requireNonNegative("lambda (λ)", lambda);
  if (lambda === 0 && values.T <= d)
    throw new UserError(
      `Without ridge (λ = 0) the last model needs T > d; T = ${values.T} and d = ${d}. Set λ > 0.`,
    );
  if (values.n > 1 && T0 <= d)
    throw new UserError(
      `The generators fit without ridge and need T0 > d; T0 = ${T0} and d = ${d}.`,
    );
  requireNonNegative("truth2 (‖w*‖²)", truth2);
}

/** κ, the effective ridge: κ − λ = κ φ/(1 + κ) with φ = d/T. */
export const effectiveRidge = formula<{ readonly lambda: number; readonly phi: number }>({
  title: "Effective ridge",
  left: "\\kappa",
  expression: "(lambda + phi - 1 + sqrt((lambda + phi - 1)^2 + 4 * lambda)) / 2",
  check({ lambda, phi }) {
    requireNonNegative("lambda (λ)", lambda);
    requirePositive("phi (φ = d/T)", phi);
  },
});

interface Effective {
  readonly kappa: number;
  readonly phi: number;
}

function requireEffective({ kappa, phi }: Effective): void {
  requireNonNegative("kappa (κ, the effective ridge)", kappa);
  requirePositive("phi (φ = d/T)", phi);
  if ((1 + kappa) ** 2 <= phi)
    throw new UserError(
      `κ = ${kappa} is too small for φ = ${phi}: (1 + κ)² must exceed φ. Take κ from effectiveRidge.`,
    );
}

/** Bias and variance of one ridge fit on real data. */
export const ridgeCleanError = formula<Effective & { truth2: number; sigma2: number }>({
  title: "Ridge on real data: bias plus variance",
  left: "E_1^{\\mathrm{ridge}}",
  expression: "(kappa^2 * truth2 + sigma2 * phi) / ((1 + kappa)^2 - phi)",
  check({ truth2, sigma2, ...effective }) {
    requireEffective(effective);
    requireNonNegative("truth2 (‖w*‖²)", truth2);
    requireVariance("sigma2 (σ²)", sigma2);
  },
});

/** ρ: what each generator round adds, in units of its noise variance; φ₀ = d/T₀. */
export const ridgeRoundCost = formula<Effective & { phi0: number }>({
  title: "Cost of one round of relabelling under ridge",
  left: "\\rho",
  expression: "phi0 / (1 - phi0) / (1 + kappa)^2 * (1 + phi * kappa^2 / ((1 + kappa)^2 - phi))",
  check({ phi0, ...effective }) {
    requireEffective(effective);
    if (!(phi0 > 0 && phi0 < 1))
      throw new UserError(
        `phi0 (φ₀ = d/T₀) must be between 0 and 1, not ${phi0}: a generator without ridge needs T₀ > d.`,
      );
  },
});

/** Test error of iteration n: bias + variance + (n−1) σ² ρ. λ = 0 gives n v in the large limit. */
export function ridgeError(values: Ridge): number {
  requireRidge(values);
  const { d, T, T0, sigma2, lambda, truth2, n } = values;
  const phi = d / T;
  const kappa = effectiveRidge({ lambda, phi });
  const clean = ridgeCleanError({ kappa, phi, truth2, sigma2 });
  return n === 1 ? clean : clean + (n - 1) * sigma2 * ridgeRoundCost({ kappa, phi, phi0: d / T0 });
}
