import { UserError } from "../../errors";

/**
 * Jensen–Shannon distance of two histograms over the same bins: the square root of the divergence
 * to base 2. It is a metric: 0 for equal shapes, 1 if no bin is filled in both. Two samples of the
 * same distribution are not at 0, and farther from it the fewer values a bin has.
 * @param p counts or weights, not negative; each histogram is divided by its sum
 * @throws UserError if the numbers of bins differ, a count is negative or not finite, or a histogram is empty
 */
export function jensenShannon(p: ArrayLike<number>, q: ArrayLike<number>): number {
  if (p.length !== q.length)
    throw new UserError(
      `Histograms of ${p.length} and ${q.length} bins cannot be compared; use the same bins.`,
    );
  const [total, other] = [sumOf(p), sumOf(q)];
  let divergence = 0;
  for (let i = 0; i < p.length; i++) {
    const [a, b] = [p[i] / total, q[i] / other];
    if (a > 0) divergence += (a * Math.log2((2 * a) / (a + b))) / 2;
    if (b > 0) divergence += (b * Math.log2((2 * b) / (a + b))) / 2;
  }
  return Math.sqrt(Math.min(1, Math.max(0, divergence)));
}

function sumOf(counts: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) {
    if (!(counts[i] >= 0 && Number.isFinite(counts[i])))
      throw new UserError(`Bin ${i} of a histogram holds ${counts[i]}; counts are not negative.`);
    sum += counts[i];
  }
  if (sum === 0) throw new UserError("A histogram is empty, so it has no shape to compare.");
  return sum;
}
