import { UserError } from "../errors";
import { formula } from "./formula";
import type { Ols } from "./ranges";
import { requireOls } from "./ranges";

/**
 * Standard deviation of the test error over data sets, relative to its mean, for every regime whose
 * error is X⁺ times isotropic noise (Replace, Replace-Multiple, Accumulate with fixed X, any n).
 *
 * There ‖w_n − w*‖²_Σ = c z'W⁻¹z with W ~ Wishart(I_d, T) and z ~ N(0, I_d) independent, which is
 * c d/(T−d+1) times Fisher's F(d, T−d+1) (Hotelling). With m = T−d+1 its relative standard
 * deviation is √(2 (d+m−2) / (d (m−4))): finite from T = d + 4 on.
 */
export const relativeSpread = formula<Omit<Ols, "sigma2">>({
  title: "Relative standard deviation of the test error over seeds (Fisher's F)",
  left: "\\frac{\\mathrm{sd}(E_n)}{\\mathbb{E}(E_n)}",
  expression: "sqrt(2 * (T - 1) / (d * (T - d - 3)))",
  check({ d, T }) {
    requireOls({ d, T, sigma2: 1 });
    if (T <= d + 3)
      throw new UserError(
        `With T = ${T} and d = ${d} the test error has no finite variance; it has one from T ≥ d + 4 = ${d + 4} on.`,
      );
  },
});
