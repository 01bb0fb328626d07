import { UserError } from "../errors";

/**
 * P(|t| ≤ x) for Student's t with a whole number of degrees of freedom: the finite trigonometric
 * sums of Abramowitz & Stegun 26.7.3–4, exact up to rounding.
 */
export function centralProbability(x: number, degrees: number): number {
  const angle = Math.atan2(x, Math.sqrt(degrees));
  const odd = degrees % 2 === 1;
  const cosine2 = Math.cos(angle) ** 2;
  let term = odd ? Math.cos(angle) : 1;
  let sum = degrees === 1 ? 0 : term;
  for (let k = odd ? 3 : 2; k <= degrees - 2; k += 2) {
    term *= ((k - 1) / k) * cosine2;
    sum += term;
  }
  return odd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
}

const known = new Map<string, number>();

/**
 * Half-width factor of a two-sided interval: the x with P(|t| ≤ x) = `confidence`.
 * @param degrees whole number ≥ 1 (n − 1 for a mean of n values)
 */
export function studentFactor(degrees: number, confidence = 0.95): number {
  if (!Number.isInteger(degrees) || degrees < 1)
    throw new UserError(`Student's t needs a whole number of degrees ≥ 1, not ${degrees}.`);
  if (!(confidence > 0 && confidence < 1))
    throw new UserError(`A confidence level lies between 0 and 1, not at ${confidence}.`);
  const key = `${degrees} ${confidence}`;
  let factor = known.get(key);
  if (factor === undefined) {
    factor = invert(degrees, confidence);
    known.set(key, factor);
  }
  return factor;
}

/** Bisection in the angle θ = atan(x/√degrees), where all of (0, ∞) becomes (0, π/2). */
function invert(degrees: number, confidence: number): number {
  let low = 0;
  let high = Math.PI / 2;
  for (;;) {
    const middle = (low + high) / 2;
    const x = Math.tan(middle) * Math.sqrt(degrees);
    if (middle <= low || middle >= high) return x;
    if (centralProbability(x, degrees) < confidence) low = middle;
    else high = middle;
  }
}
