import { UserError } from "../../errors";
import { itemsOf } from "../../loop/simplifyPlan";
import { duration } from "../../metrics/format";
import type { Regime } from "../../pool/regime";
import type { Exploration } from "./explore";

/** Nanoseconds on one core of 2025, rounded up; they only tell minutes from days. */
const COST = {
  round: 5_000,
  planPart: 50,
  exactDimension: 400,
  fresh: 1,
  drawn: 1_000,
  literal: 10,
};
const LONGEST = 10 * 60;

/**
 * Refuses what would keep a cell busy for more than ten minutes, by a count of operations: the same
 * numbers are refused on every machine.
 * @param exact whether the errors are drawn from their law, or every X is built and solved
 * @throws UserError
 */
export function requireAffordable(
  exploration: Exploration,
  regime: Regime,
  exact: () => boolean,
): void {
  const { d, T, iterations, seeds, freshX } = exploration;
  const rounds = seeds * iterations;
  // Before any plan is read: there are as many as iterations, with up to as many parts.
  const reading = COST.planPart * iterations ** 2 + COST.round * rounds;
  refuseAbove(reading, exploration, regime);
  const items = itemsOfSeed(regime, T, iterations);
  const { subsample, parts } = regime.plan(iterations, T);
  const draws = subsample !== undefined || parts.some(({ draw }) => draw !== undefined);
  const exactly = COST.exactDimension * d + (draws ? COST.drawn : freshX ? COST.fresh : 0) * d ** 2;
  const solving = exact() ? exactly * rounds : COST.literal * d ** 2 * items * seeds;
  refuseAbove(reading + solving, exploration, regime);
}

function refuseAbove(nanoseconds: number, exploration: Exploration, { name }: Regime): void {
  const seconds = nanoseconds / 1e9;
  if (seconds <= LONGEST) return;
  const { d, T, iterations, seeds } = exploration;
  const time = seconds < 1e9 ? `about ${duration(seconds)}` : "more than thirty years";
  throw new UserError(
    `${name} with d = ${d}, T = ${T}, ${iterations} iterations and ${seeds} seeds would take ${time}: ` +
      "make the largest of these numbers smaller.",
  );
}

/** Items that all models of one seed train on together. */
function itemsOfSeed(regime: Regime, T: number, iterations: number): number {
  const blocks = [T];
  let sum = 0;
  for (let n = 1; n <= iterations; n++) {
    const { parts, subsample, produce } = regime.plan(n, T);
    sum +=
      subsample ?? parts.reduce((all, part) => all + itemsOf(part, blocks[part.block - 1] ?? T), 0);
    blocks.push(produce);
  }
  return sum;
}
