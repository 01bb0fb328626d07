import type { Claim } from "../../../claims/claim";
import { finite, type Measured } from "../../../claims/measured";
import { threshold } from "../../../claims/threshold";
import type { Variant } from "../preset";
import { publishedLoss } from "../published";

/** "Jumps": the loss more than doubles. Published: 6.5 times. */
const JUMP = 2;
/** "Does not get substantially worse" afterwards. Published: 1.12 times at most. */
const LEVEL = 1.25;
/** "Roughly constant": published, 1.73 times the first model's loss at the end. */
export const BOUND = 2;

/** Figure 4: what each regime does to the test loss. */
export function regimeClaims(measured: Measured, { name }: Variant): Claim[] {
  const loss = (regime: string) => (seed: number, n: number) =>
    measured.at(name, regime, seed, n, "loss");
  const published = (regime: string) => (n: number) => publishedLoss(regime, n);
  const [replaced, accumulated] = ["replace", "accumulate"].map((r) => measured.last(name, r));
  const replace = loss("replace");
  const accumulate = loss("accumulate");
  const theirs = published("replace");
  const runs = (regime: string, n: number) => measured.runs(name, regime, n);
  return [
    threshold({
      id: "molecules.replace.jumps",
      statement: `Figure 4: under replace the test loss jumps at the first synthetic iteration (ratio of iterations 1 and 0 > ${JUMP})`,
      summary: measured.overSeeds((seed) => replace(seed, 1) / replace(seed, 0)),
      above: JUMP,
      published: finite(theirs(1) / theirs(0)),
      runs: runs("replace", 1),
    }),
    threshold({
      id: "molecules.replace.stays-high",
      statement: `Figure 4: under replace it stays high afterwards (least loss from iteration 2 on, relative to iteration 0, > ${JUMP})`,
      summary: measured.overSeeds(
        (seed) => least(replaced, (n) => replace(seed, n)) / replace(seed, 0),
      ),
      above: JUMP,
      published: finite(least(replaced, theirs) / theirs(0)),
      runs: runs("replace", replaced),
    }),
    threshold({
      id: "molecules.replace.levels-off",
      statement: `Figure 4: under replace it does not get substantially worse after the jump (largest loss from iteration 2 on, relative to iteration 1, < ${LEVEL})`,
      summary: measured.overSeeds(
        (seed) => -least(replaced, (n) => -replace(seed, n)) / replace(seed, 1),
      ),
      below: LEVEL,
      published: finite(-least(replaced, (n) => -theirs(n)) / theirs(1)),
      runs: runs("replace", replaced),
    }),
    threshold({
      id: "molecules.accumulate.bounded",
      statement: `Figure 4: under accumulate the test loss at iteration ${accumulated} is below twice the first model's (ratio < ${BOUND})`,
      summary: measured.overSeeds((seed) => accumulate(seed, accumulated) / accumulate(seed, 0)),
      below: BOUND,
      published: finite(publishedLoss("accumulate", accumulated) / publishedLoss("accumulate", 0)),
      runs: runs("accumulate", accumulated),
    }),
    ...ORDERS.flatMap(([higher, lower, where]) => {
      const n = Math.min(measured.last(name, higher), measured.last(name, lower));
      // Regimes that were not run have nothing to compare; the paper's own two always do.
      if (n < 1 && where !== FIGURE) return [];
      return [
        threshold({
          id: `molecules.${higher}.above-${lower}`,
          statement: `${where}: at iteration ${n} the test loss under ${higher} is above ${lower}'s (ratio > 1)`,
          summary: measured.overSeeds((seed) => loss(higher)(seed, n) / loss(lower)(seed, n)),
          above: 1,
          published: finite(published(higher)(n) / published(lower)(n)),
          runs: [...runs(higher, n), ...runs(lower, n)],
        }),
      ];
    }),
  ];
}

const FIGURE = "Figure 4";
const SAME_SIZE = "Same size of the training set";

/** Which regime's loss lies above which. */
const ORDERS = [
  ["replace", "accumulate", FIGURE],
  ["replace", "accumulate-subsample", SAME_SIZE],
  ["replace-multiple", "accumulate", SAME_SIZE],
  ["accumulate-subsample", "accumulate", "The price of a fixed size"],
] as const;

/** The least value at iterations 2 … last; NaN if one is missing or there is none. */
function least(last: number, at: (iteration: number) => number): number {
  const values = Array.from({ length: Math.max(0, last - 1) }, (_, k) => at(k + 2));
  return values.length === 0 ? Number.NaN : Math.min(...values);
}
