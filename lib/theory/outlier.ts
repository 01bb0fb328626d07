import { requireWhole } from "./ranges";

/**
 * Share of chains that collapse in one round although they accumulate, in Barzilai & Shamir's family
 * (arXiv 2505.19046, Theorem 5.1): the first fit puts the mass α̂ = (1 − max x)/2 on [2, 3], and T samples
 * hit it with probability 1 − E (1 − α̂)^T, max x the largest of T uniform draws. Tends to 1/3. Exact
 * (derived); the family is reconstructed from its description.
 */
export function outlierShare(T: number): number {
  requireWhole("T", "draws", T);
  const steps = 20_000;
  let sum = 0;
  for (let i = 0; i < steps; i++) {
    // max x is u^(1/T) for a uniform u.
    const largest = ((i + 0.5) / steps) ** (1 / T);
    sum += ((1 + largest) / 2) ** T;
  }
  return 1 - sum / steps;
}

/** The share in LaTeX. */
export const outlierTex =
  "\\Pr(\\text{collapse}) = 1 - \\int_0^1 T m^{T-1} \\left(\\tfrac{1+m}{2}\\right)^T dm \\to \\tfrac{1}{3}";
