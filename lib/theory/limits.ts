/** lim Σ 1/i² = π²/6 ≈ 1.645: what Accumulate can lose at most, relative to one fit. */
export const accumulateRatioLimit = Math.PI ** 2 / 6;

/** Limit of Accumulate when the real labels are noise-free: π²/6 − 1 ≈ 0.645. */
export const accumulateCleanStartLimit = accumulateRatioLimit - 1;

/** Limit of Accumulate-Subsample relative to one fit: π²/2 − 2 ≈ 2.935. */
export const subsampleRatioLimit = Math.PI ** 2 / 2 - 2;
