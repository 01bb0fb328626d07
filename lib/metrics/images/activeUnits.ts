/** Variance of the posterior mean above which a latent unit counts as active (Burda et al. 2016). */
const ACTIVE = 0.01;

/**
 * Latent units that carry information: columns of the posterior means [n, k] whose variance over the
 * n images exceeds 0.01.
 */
export function activeUnits(means: Float32Array, k: number): number {
  const n = means.length / k;
  let active = 0;
  for (let unit = 0; unit < k; unit++) {
    let sum = 0;
    let squares = 0;
    for (let i = unit; i < means.length; i += k) {
      sum += means[i];
      squares += means[i] ** 2;
    }
    if (squares / n - (sum / n) ** 2 > ACTIVE) active++;
  }
  return active;
}
