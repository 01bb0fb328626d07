import type { Claim } from "../../../claims/claim";
import { finite, type Measured } from "../../../claims/measured";
import { threshold } from "../../../claims/threshold";
import type { Variant } from "../preset";
import { publishedLoss, publishedRatio, TABLE_2 } from "../published";

/** §4.1, Figure 2 and Table 2: what each regime does to the test cross-entropy. */
export function regimeClaims(measured: Measured, main: Variant): Claim[] {
  const { name, published } = main;
  const loss = (regime: string, seed: number, n: number) =>
    measured.at(name, regime, seed, n, "loss");
  const [lastReplace, lastAccumulate] = ["replace", "accumulate"].map((r) =>
    measured.last(name, r),
  );
  const growth = (regime: string, n: number) =>
    measured.overSeeds((seed) => loss(regime, seed, n) / loss(regime, seed, 1));
  const claims = [
    threshold({
      id: "language.replace.every-step",
      statement:
        "§4.1, Figure 2: under replace every iteration is worse than the one before (smallest step in nats a token > 0)",
      summary: measured.overSeeds((seed) =>
        smallestStep(lastReplace, (n) => loss("replace", seed, n)),
      ),
      above: 0,
      published: finite(
        smallestStep(lastReplace, (n) => publishedLoss(published, "replace", n) ?? Number.NaN),
      ),
      runs: measured.runs(name, "replace", lastReplace),
    }),
    threshold({
      id: "language.replace.growth",
      statement: `Figure 2: under replace the test cross-entropy at iteration ${lastReplace} is above iteration 1's (ratio > 1)`,
      summary: growth("replace", lastReplace),
      above: 1,
      published: publishedRatio(published, "replace", lastReplace),
      runs: measured.runs(name, "replace", lastReplace),
    }),
    threshold({
      id: "language.accumulate.below-first",
      statement: `Figure 2: under accumulate the test cross-entropy at iteration ${lastAccumulate} is below iteration 1's (ratio < 1)`,
      summary: growth("accumulate", lastAccumulate),
      below: 1,
      published: publishedRatio(published, "accumulate", lastAccumulate),
      runs: measured.runs(name, "accumulate", lastAccumulate),
    }),
  ];
  /** Whether `higher` lies above `lower`, at Table 2's iteration or the last that both have. */
  const order = (higher: string, lower: string, where: string): Claim | undefined => {
    const iteration = Math.min(TABLE_2, measured.last(name, higher), measured.last(name, lower));
    if (iteration < 2) return undefined;
    const theirs = [higher, lower].map((r) => publishedLoss(published, r, iteration) ?? Number.NaN);
    return threshold({
      id: `language.${higher}.above-${lower}`,
      statement: `${where}: at iteration ${iteration} the test cross-entropy under ${higher} is above ${lower}'s (difference in nats a token > 0)`,
      summary: measured.overSeeds(
        (seed) => loss(higher, seed, iteration) - loss(lower, seed, iteration),
      ),
      above: 0,
      published: finite(theirs[0] - theirs[1]),
      runs: [...measured.runs(name, higher, iteration), ...measured.runs(name, lower, iteration)],
    });
  };
  const orders = [
    order("replace", "replace-multiple", "Table 2"),
    order("replace-multiple", "accumulate", "Table 2"),
    order("replace", "accumulate", "Figure 2"),
    order("replace", "accumulate-subsample", "Same compute in every round"),
    order("accumulate-subsample", "accumulate", "Same compute in every round"),
  ];
  return [...claims, ...orders.filter((claim): claim is Claim => claim !== undefined)];
}

/** The smallest difference of successive values at 1 … last; NaN if one is missing. */
export function smallestStep(last: number, at: (iteration: number) => number): number {
  let smallest = Number.POSITIVE_INFINITY;
  for (let n = 2; n <= last; n++) {
    const step = at(n) - at(n - 1);
    if (Number.isNaN(step)) return Number.NaN;
    smallest = Math.min(smallest, step);
  }
  return smallest;
}
