import type { Claim } from "../../../claims/claim";
import { compare } from "../../../claims/compare";
import { everyStep } from "../../../claims/everyStep";
import type { Measured } from "../../../claims/measured";
import type { Variant } from "../preset";
import { publishedAt, TABLE_2 } from "../published";

/** §4.1, Figure 2 and Table 2: what each regime does to the test cross-entropy. */
export function regimeClaims(measured: Measured, main: Variant): Claim[] {
  const published = publishedAt(main);
  const loss = { measured, metric: "loss", published };
  const place = (regime: string, iteration: number) => ({ variant: main.name, regime, iteration });
  const [lastReplace, lastAccumulate] = ["replace", "accumulate"].map((regime) =>
    measured.last(main.name, regime),
  );
  const claims = [
    everyStep({
      ...loss,
      id: "language.replace.every-step",
      statement:
        "§4.1, Figure 2: under replace every iteration is worse than the one before (smallest step in nats per token > 0)",
      variant: main.name,
      regime: "replace",
      first: 1,
      last: lastReplace,
      by: "difference",
      above: 0,
    }),
    compare({
      ...loss,
      id: "language.replace.growth",
      statement: `Figure 2: under replace the test cross-entropy at iteration ${lastReplace} is above that of iteration 1 (ratio > 1)`,
      of: place("replace", lastReplace),
      to: place("replace", 1),
      by: "ratio",
      above: 1,
    }),
    compare({
      ...loss,
      id: "language.accumulate.below-first",
      statement: `Figure 2: under accumulate the test cross-entropy at iteration ${lastAccumulate} is below that of iteration 1 (ratio < 1)`,
      of: place("accumulate", lastAccumulate),
      to: place("accumulate", 1),
      by: "ratio",
      below: 1,
    }),
  ];
  /** `higher` is worse than `lower` at Table 2's iteration, or the last one that both have. */
  const order = (higher: string, lower: string, where: string): Claim[] => {
    const iteration = Math.min(TABLE_2, ...[higher, lower].map((r) => measured.last(main.name, r)));
    if (iteration < 2) return [];
    return [
      compare({
        ...loss,
        id: `language.${higher}.above-${lower}`,
        statement: `${where}: at iteration ${iteration} the test cross-entropy under ${higher} is above that under ${lower} (difference in nats per token > 0)`,
        of: place(higher, iteration),
        to: place(lower, iteration),
        by: "difference",
        above: 0,
      }),
    ];
  };
  return [
    ...claims,
    ...order("replace", "replace-multiple", "Table 2"),
    ...order("replace-multiple", "accumulate", "Table 2"),
    ...order("replace", "accumulate", "Figure 2"),
    ...order("replace", "accumulate-subsample", "Same compute in every round"),
    ...order("accumulate-subsample", "accumulate", "Same compute in every round"),
  ];
}
