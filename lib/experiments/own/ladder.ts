/** Ratio of one size to the one before. */
const STEP = 1.3;

/**
 * Whole numbers that grow by about three tenths, from the least to the most, both included.
 * @example ladder(8, 20) // [8, 11, 14, 18, 20]
 */
export function ladder(least: number, most: number): number[] {
  const sizes: number[] = [];
  for (let size = least; size < most; size = Math.ceil(size * STEP)) sizes.push(size);
  return [...sizes, most];
}
