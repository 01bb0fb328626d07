/** Functions that the closed forms need beyond elementary ones, to about 1e-14. */

/** ψ(x), the derivative of log Γ, for x > 0: recurrence up to 10, then its asymptotic series. */
export function digamma(x: number): number {
  let shift = 0;
  let at = x;
  for (; at < 10; at++) shift -= 1 / at;
  const r = 1 / at ** 2;
  const tail = r * (1 / 12 - r * (1 / 120 - r * (1 / 252 - r * (1 / 240 - r / 132))));
  return shift + Math.log(at) - 1 / (2 * at) - tail;
}

/** Density of the standard normal law. */
export const normalDensity = (x: number): number => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);

/** Φ: the series of the integral near 0, Mills' continued fraction in the tails. */
export function normalCumulative(x: number): number {
  if (x < 0) return 1 - normalCumulative(-x);
  if (x > 40) return 1;
  if (x > 4) {
    let fraction = x;
    for (let k = 60; k >= 1; k--) fraction = x + k / fraction;
    return 1 - normalDensity(x) / fraction;
  }
  let term = x;
  let sum = x;
  for (let k = 1; Math.abs(term) > 1e-17; k++) {
    term *= (x * x) / (2 * k + 1);
    sum += term;
  }
  return 0.5 + normalDensity(x) * sum;
}

/** The x with Φ(x) = p, by bisection. @param p in (0, 1) */
export function normalQuantile(p: number): number {
  let low = -40;
  let high = 40;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return middle;
    if (normalCumulative(middle) < p) low = middle;
    else high = middle;
  }
}
