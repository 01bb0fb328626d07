import { requireIteration, requireShare, requireWhole } from "./ranges";

/** T labels with noise of variance 1, of which a share p is resampled in every round. */
export interface Edited {
  readonly T: number;
  /** p in (0, 1], chance that a label is edited in a round. */
  readonly p: number;
  readonly n: number;
}

function check({ T, p, n }: Edited): void {
  requireWhole("T", "labels", T, 2);
  requireShare("p", p);
  requireIteration(n);
}

/**
 * Error of the mean for n = 1 … N, in units of one fit, when round n edits the labels *of round n − 1*:
 * θ_n is a martingale whose variance grows by p[1 + (1−p) E s²_n]/T a round, s² the spread of the labels
 * about θ_n. To leading order 1 + (n−1) p (2 − p): an edit also deletes an old residual, so rare edits
 * cost twice their share, and a constant p loses without bound. Exact (derived; ToEdit is Zhu et al.,
 * arXiv 2412.14689, whose published algebra would give 1 + (n−1) p).
 */
export function editedLatestErrors({ T, p, n }: Edited): number[] {
  check({ T, p, n });
  let variance = 1 / T;
  let spread = 1 - 1 / T;
  const errors = [1];
  for (let round = 2; round <= n; round++) {
    const step = (p + p * (1 - p) * spread) / T;
    variance += step;
    spread = (1 - p) * spread + p - step;
    errors.push(variance * T);
  }
  return errors;
}

/**
 * The same when every round edits *the real labels* afresh: bounded. θ_{n+1} mixes the real mean and
 * θ_n, whose covariance with it stays 1/T. Exact (derived). At p = 1 both are Replace.
 */
export function editedRealErrors({ T, p, n }: Edited): number[] {
  check({ T, p, n });
  let variance = 1 / T;
  const errors = [1];
  for (let round = 2; round <= n; round++) {
    const apart = variance - 1 / T;
    const item = p + p * (1 - p) * (1 - 1 / T + apart);
    variance = (1 - p) ** 2 / T + p ** 2 * variance + (2 * p * (1 - p)) / T + item / T;
    errors.push(variance * T);
  }
  return errors;
}

/** Both recursions in LaTeX. */
export const editedTex = [
  "V_{n+1} = V_n + \\frac{p}{T}\\left[1 + (1-p)\\,\\mathbb{E} s_n^2\\right] \\quad (\\text{latest labels})",
  "V_{n+1} = \\frac{1-p^2}{T} + p^2 V_n + \\frac{p}{T}\\left[1 + (1-p)\\left(1 - \\tfrac{2}{T} + V_n\\right)\\right] \\quad (\\text{real labels})",
] as const;
