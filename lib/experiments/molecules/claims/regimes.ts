import type { Claim } from "../../../claims/claim";
import { compare } from "../../../claims/compare";
import { finite, type Measured, type Place } from "../../../claims/measured";
import { threshold } from "../../../claims/threshold";
import type { Variant } from "../preset";
import { publishedLoss } from "../published";

/** "Jumps": the loss more than doubles. Published: 6.5 times. */
const JUMP = 2;
/** "Does not get substantially worse" afterwards. Published: at most 1.12 times. */
const PLATEAU = 1.25;
/** "Roughly constant". Published: 1.73 times the first model's loss at the end. */
export const BOUND = 2;

/** The published loss at a place. */
export const publishedAt = ({ regime, iteration }: Place): number | undefined =>
  publishedLoss(regime, iteration);

/** Figure 4: what each regime does to the test loss. */
export function regimeClaims(measured: Measured, { name: variant }: Variant): Claim[] {
  const loss = { measured, metric: "loss", by: "ratio", published: publishedAt } as const;
  const place = (regime: string, iteration: number) => ({ variant, regime, iteration });
  const lastReplace = measured.last(variant, "replace");
  const lastAccumulate = measured.last(variant, "accumulate");
  const replace = (seed: number, n: number) => measured.value(place("replace", n), seed, "loss");
  const published = (n: number) => publishedLoss("replace", n) ?? Number.NaN;
  const runs = measured.runs(variant, "replace", lastReplace);
  return [
    compare({
      ...loss,
      id: "molecules.replace.jumps",
      statement: `Figure 4: under replace the test loss jumps at the first synthetic iteration (ratio of iteration 1 to iteration 0 > ${JUMP})`,
      of: place("replace", 1),
      to: place("replace", 0),
      above: JUMP,
    }),
    threshold({
      id: "molecules.replace.stays-high",
      statement: `Figure 4: under replace it stays high afterwards (smallest loss from iteration 2 on, relative to iteration 0, > ${JUMP})`,
      summary: measured.overSeeds(
        (seed) => smallest(lastReplace, (n) => replace(seed, n)) / replace(seed, 0),
      ),
      above: JUMP,
      published: finite(smallest(lastReplace, published) / published(0)),
      runs,
    }),
    threshold({
      id: "molecules.replace.levels-off",
      statement: `Figure 4: under replace it does not get substantially worse after the jump (largest loss from iteration 2 on, relative to iteration 1, < ${PLATEAU})`,
      summary: measured.overSeeds(
        (seed) => -smallest(lastReplace, (n) => -replace(seed, n)) / replace(seed, 1),
      ),
      below: PLATEAU,
      published: finite(-smallest(lastReplace, (n) => -published(n)) / published(1)),
      runs,
    }),
    compare({
      ...loss,
      id: "molecules.accumulate.bounded",
      statement: `Figure 4: under accumulate the test loss at iteration ${lastAccumulate} is below twice the first model's (ratio < ${BOUND})`,
      of: place("accumulate", lastAccumulate),
      to: place("accumulate", 0),
      below: BOUND,
    }),
    ...ORDERS.flatMap(([higher, lower, where]) => {
      const n = Math.min(measured.last(variant, higher), measured.last(variant, lower));
      // No claim about regimes that were not run, except the paper's own two.
      if (n < 1 && where !== FIGURE) return [];
      return [
        compare({
          ...loss,
          id: `molecules.${higher}.above-${lower}`,
          statement: `${where}: at iteration ${n} the test loss under ${higher} is above that under ${lower} (ratio > 1)`,
          of: place(higher, n),
          to: place(lower, n),
          above: 1,
        }),
      ];
    }),
  ];
}

const FIGURE = "Figure 4";
const SAME_SIZE = "Training sets of the same size";

/** Which regime has the higher loss. */
const ORDERS = [
  ["replace", "accumulate", FIGURE],
  ["replace", "accumulate-subsample", SAME_SIZE],
  ["replace-multiple", "accumulate", SAME_SIZE],
  ["accumulate-subsample", "accumulate", "The cost of a fixed size"],
] as const;

/** The smallest value at iterations 2 … last; NaN if one is missing or there are none. */
function smallest(last: number, at: (iteration: number) => number): number {
  const values = Array.from({ length: Math.max(0, last - 1) }, (_, k) => at(k + 2));
  return values.length === 0 ? Number.NaN : Math.min(...values);
}
