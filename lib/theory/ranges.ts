import { UserError } from "../errors";

/** Ordinary least squares on T rows in d dimensions with label noise of variance σ². */
export interface Ols {
  /** Input dimension. */
  readonly d: number;
  /** T, items of one round. */
  readonly T: number;
  /** σ², variance of the label noise. */
  readonly sigma2: number;
}

/** {@link Ols} at model-fitting iteration n (1 = real data only). */
export interface OlsAt extends Ols {
  readonly n: number;
}

export function requireWhole(name: string, meaning: string, value: number, least = 1): void {
  if (!Number.isInteger(value) || value < least)
    throw new UserError(
      `${name} (${meaning}) must be a whole number of at least ${least}, not ${value}.`,
    );
}

export function requireIteration(n: number): void {
  requireWhole("n", "the model-fitting iteration; 1 is the real data", n);
}

export function requireVariance(name: string, value: number): void {
  if (!(value >= 0 && value < Number.POSITIVE_INFINITY))
    throw new UserError(`${name} is a variance and must be a number of at least 0, not ${value}.`);
}

/** d and T whole, σ² a variance; any T ≥ 1. */
export function requireRegression({ d, T, sigma2 }: Ols): void {
  requireWhole("d", "the input dimension", d);
  requireWhole("T", "the number of items of one round", T);
  requireVariance("sigma2 (σ²)", sigma2);
}

/** T ≥ d + 2, without which the expected test error of least squares is infinite (Theorem 2). */
export function requireOls(values: Ols): void {
  requireRegression(values);
  const { d, T } = values;
  if (T <= d + 1)
    throw new UserError(
      `T = ${T} items are too few for d = ${d}: the expected test error of least squares is finite only for T ≥ d + 2 = ${d + 2}; take more items or fewer dimensions.`,
    );
}

export function requireOlsAt(values: OlsAt): void {
  requireOls(values);
  requireIteration(values.n);
}

export function requireShare(name: string, value: number): void {
  if (!(value > 0 && value <= 1))
    throw new UserError(
      `${name} is a share and must lie above 0 and not above 1, not be ${value}: write 0.1 for 10 %.`,
    );
}

export function requirePositive(name: string, value: number): void {
  if (!(value > 0 && value < Number.POSITIVE_INFINITY))
    throw new UserError(`${name} must be a number greater than 0, not ${value}.`);
}

export function requireNonNegative(name: string, value: number): void {
  if (!(value >= 0 && value < Number.POSITIVE_INFINITY))
    throw new UserError(`${name} must be a number of at least 0, not ${value}.`);
}
