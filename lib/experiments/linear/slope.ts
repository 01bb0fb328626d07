/** How the expected error of a regime grows with n, in units of one fit: n, H_n, Σ 1/i². */
export function growth(regime: string, iterations: number): Float64Array {
  const power = { replace: 0, "replace-multiple": 1, accumulate: 2 }[regime] ?? Number.NaN;
  const shape = new Float64Array(iterations);
  for (let n = 1; n <= iterations; n++) shape[n - 1] = (shape[n - 2] ?? 0) + n ** -power;
  return shape;
}

/**
 * Least-squares slope (with intercept) of a path of test errors against {@link growth}. Its
 * expectation is v exactly, because the expected error is v times that shape.
 */
export function growthSlope(regime: string, errors: ArrayLike<number>): number {
  const shape = growth(regime, errors.length);
  const mean = shape.reduce((a, b) => a + b, 0) / shape.length;
  let across = 0;
  let along = 0;
  for (let i = 0; i < shape.length; i++) {
    across += (shape[i] - mean) * errors[i];
    along += (shape[i] - mean) ** 2;
  }
  return across / along;
}
