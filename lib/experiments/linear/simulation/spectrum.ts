import type { Stream } from "../../../random/stream";

/**
 * The upper bidiagonal factor B of a T × d standard normal X = U B V' (Golub–Kahan): diagonal
 * χ_T, χ_{T−1}, …, χ_{T−d+1} and superdiagonal χ_{d−1}, …, χ_1, all independent. T ≥ d.
 *
 * X⁺E = V B⁻¹ U'E, and U'E is N(0, σ² I_d) whatever U is; so the test error of any combination of
 * X⁺E_1, X⁺E_2, … under one fixed X is ‖B⁻¹a‖² with a the same combination of normal d-vectors.
 * Cost O(d), without X.
 */
export interface Bidiagonal {
  readonly diagonal: Float64Array;
  readonly above: Float64Array;
}

export function drawBidiagonal(d: number, T: number, stream: Stream): Bidiagonal {
  const diagonal = new Float64Array(d);
  const above = new Float64Array(Math.max(0, d - 1));
  for (let j = 0; j < d; j++) diagonal[j] = Math.sqrt(stream.chiSquare(T - j));
  for (let j = 0; j < d - 1; j++) above[j] = Math.sqrt(stream.chiSquare(d - 1 - j));
  return { diagonal, above };
}

/** ‖B⁻¹a‖² by back substitution. */
export function squaredSolution({ diagonal, above }: Bidiagonal, a: Float64Array): number {
  let next = 0;
  let sum = 0;
  for (let j = diagonal.length - 1; j >= 0; j--) {
    next = (a[j] - (j < above.length ? above[j] * next : 0)) / diagonal[j];
    sum += next * next;
  }
  return sum;
}
