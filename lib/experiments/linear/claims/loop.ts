import { agreement, type Estimate } from "../../../claims/agreement";
import type { Claim } from "../../../claims/claim";
import { regimeLabel } from "../../../figures/style";
import type { Row } from "../../experiment";
import { type LinearPreset, variantsFor } from "../preset";
import { distinct, type LinearRecord, lastOf, select } from "../records";

/** The exact draw and the model–data loop simulate the same thing. */
export function loopClaims(rows: readonly Row[], preset: LinearPreset): Claim[] {
  return variantsFor(preset, "loop").flatMap(({ name: variant }) =>
    distinct(select(rows, { variant }), "regime").map((regime) => {
      const [loop, exact] = (["loop", "exact draw"] as const).map(
        (simulation) => lastOf(select(rows, { variant, regime, simulation }))[0],
      );
      return agreement({
        id: `linear.${variant}.${regime}`,
        statement: `The exact draw has the mean test error of the model–data loop under ${regimeLabel(regime)} (ratio 1 at n = ${exact.iteration}, within 3 combined s.e.)`,
        expected: 1,
        estimate: loop && ratio(loop, exact),
        runs: [`${variant} ${regime} n=${exact.iteration}`],
      });
    }),
  );
}

/** a ÷ b of independent means, to first order in their relative errors. */
function ratio(a: LinearRecord, b: LinearRecord): Estimate {
  const mean = a.mean / b.mean;
  return { mean, se: mean * Math.hypot(a.se / a.mean, b.se / b.mean), n: Math.min(a.n, b.n) };
}
