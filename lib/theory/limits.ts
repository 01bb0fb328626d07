import { formula } from "./formula";

const always = (): void => {};

/** lim Σ 1/i² = π²/6 ≈ 1.645: what Accumulate can lose at most, relative to one fit. */
export const accumulateRatioLimit = formula<object>({
  title: "Accumulate: limit of the error relative to one fit",
  left: "\\sum_{i=1}^{\\infty} \\frac{1}{i^2}",
  expression: "pi^2 / 6",
  check: always,
})({});

/** Limit of Accumulate when the real labels are noise-free: π²/6 − 1 ≈ 0.645. */
export const accumulateCleanStartLimit = accumulateRatioLimit - 1;

/** Limit of Accumulate-Subsample relative to one fit: π²/2 − 2 ≈ 2.935. */
export const subsampleRatioLimit = formula<object>({
  title: "Accumulate-Subsample: limit of the error relative to one fit",
  left: "\\lim_{n\\to\\infty} E_n^{\\mathrm{subsample}} / v",
  expression: "pi^2 / 2 - 2",
  check: always,
})({});
