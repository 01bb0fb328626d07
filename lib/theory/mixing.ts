import { UserError } from "../errors";
import { formula } from "./formula";
import { type OlsAt, requireOlsAt, requireShare } from "./ranges";

/** Replace with a share of real data in every round's T items. */
export interface Mixed extends OlsAt {
  /** α, share of real items. 1 = real data only. */
  readonly alpha: number;
}

function check(values: Mixed): void {
  requireOlsAt(values);
  requireShare("alpha (α)", values.alpha);
}

/** T items of which m are labelled by the last model, all with new inputs. */
interface Carried {
  readonly d: number;
  readonly T: number;
  readonly m: number;
}

/** α of the moments E M_ij M_kl = α δ_ij δ_kl + β (δ_ik δ_jl + δ_il δ_jk). */
const betaTrace = ({ T, m }: Carried) => (m * (m * (T + 1) - 2)) / (T * (T - 1) * (T + 2));
/** β of the same: E M_11² = α + 2 β = m (m + 2)/(T (T + 2)). */
const betaCross = (values: Carried) =>
  ((values.m * (values.m + 2)) / (values.T * (values.T + 2)) - betaTrace(values)) / 2;

/**
 * c: the share of the last model's squared error that a fit to T new inputs passes on, when the
 * model labelled m of them. The fit is S⁻¹G u with G = X_m'X_m inside S = X'X, and S^(−½) G S^(−½)
 * is a matrix Beta variable independent of S ~ Wishart(I_d, T). For T ≫ d it is (m/T)²; it is larger
 * otherwise, and exceeds 1 where T is close to d.
 */
export const freshRealCarry = formula<Carried>({
  title: "Share of the last error that is passed on, fresh X and fresh real items",
  left: "c",
  expression: "alpha_B + beta_B + beta_B * (T * d - 2) / (T - d - 1)",
  check({ d, T, m }) {
    requireOlsAt({ d, T, sigma2: 0, n: 1 });
    if (!(Number.isInteger(m) && m >= 0 && m <= T))
      throw new UserError(
        `m, the number of synthetic items among T = ${T}, must be a whole number from 0 to T, not ${m}.`,
      );
  },
  derive: (values) => ({ alpha_B: betaTrace(values), beta_B: betaCross(values) }),
});

/** The number of synthetic items; αT has to be whole. */
function synthetic({ alpha, T }: Mixed): number {
  const real = Math.round(alpha * T);
  if (Math.abs(real - alpha * T) > 1e-9 * T)
    throw new UserError(
      `α = ${alpha} of T = ${T} items is ${Number((alpha * T).toPrecision(6))} items; it must be a whole number of them.`,
    );
  return T - real;
}

/**
 * αT fresh real items every round and the rest from model n−1, with new inputs throughout: exactly
 * v Σ_{k<n} c^k with c of {@link freshRealCarry}. Bounded by v/(1 − c) if c < 1; for T ≫ d that
 * is v/(1 − (1−α)²), but at d = 10, T = 14 and α = ½ it diverges.
 * @throws UserError unless αT is a whole number and T ≥ d + 2
 */
export const freshRealError = formula<Mixed>({
  title: "Replace with fresh real items, fresh X each round",
  left: "E_n^{\\mathrm{fresh}}",
  expression: "sigma2 * d / (T - d - 1) * series(c^k, k, 0, n - 1)",
  check,
  derive: (values) => ({
    c: freshRealCarry({ d: values.d, T: values.T, m: synthetic(values) }),
  }),
});

/**
 * αT of the same real items in every round, drawn anew, the rest from model n−1, the same X: to
 * leading order in d/T, 35 % too low at T/d = 3. Old noise returns: with q = 1 − α,
 * u_n = q u_{n−1} + ξ_n, Var ξ_n = v, Cov(ξ_1, ξ_n) = α v and Cov(ξ_m, ξ_n) = α² v for m, n ≥ 2.
 * Tends to v (1 + (1 − α²)/(1 − q²)).
 */
export const keptRealError = formula<Mixed>({
  title: "Replace with kept real items (leading order in d/T)",
  left: "E_n^{\\mathrm{kept}}",
  expression:
    "sigma2 * d / (T - d - 1) * (series((1 - alpha)^(2 * k), k, 0, n - 1) + 2 * alpha * (1 - alpha)^(n - 1) * series((1 - alpha)^k, k, 0, n - 2) + alpha^2 * (series((1 - alpha)^k, k, 0, n - 2)^2 - series((1 - alpha)^(2 * k), k, 0, n - 2)))",
  check,
});
