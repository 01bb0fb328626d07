import { setImmediate } from "node:timers/promises";
import { Cancelled, UserError } from "../../errors";
import type { Regime } from "../../pool/regime";
import { Streams } from "../../random/streams";
import type { Condition } from "../../theory/index";
import { requireWhole } from "../../theory/ranges";
import { requireCondition } from "../../theory/regimes/condition";
import type { Row } from "../experiment";
import { requireAffordable } from "./affordable";
import { configOf } from "./config";
import { testErrorRows } from "./rows";
import { exactDraw, literalErrors, reasonAgainstExactDraw } from "./simulation/index";

/** A condition, and how many iterations and seeds to run it for. */
export interface Exploration extends Condition {
  /** N, model-fitting iterations. */
  readonly iterations: number;
  /** Seeds 0 … seeds−1. */
  readonly seeds: number;
}

/**
 * Test errors of any regimes at any condition: one row per regime and iteration, with the expected
 * error where one is known (`expectedErrors`). Regimes of whole blocks and
 * Accumulate-Subsample are drawn exactly; any other regime is built and solved seed by seed, which
 * takes longer with T and N.
 * @throws UserError for T ≤ d + 1, where expected errors are infinite, for numbers that are none or would
 * take longer than ten minutes, or two regimes of one name
 * @throws Cancelled when the signal is aborted
 * @example await explore({ d: 10, T: 100, sigma2: 1, iterations: 50, seeds: 200 }, [regimes.replace])
 */
export async function explore(
  { iterations, seeds, ...condition }: Exploration,
  regimes: readonly Regime[],
  signal: AbortSignal = new AbortController().signal,
): Promise<Row[]> {
  requireCondition(condition);
  requireWhole("iterations", "the number of model fits", iterations);
  requireWhole("seeds", "statistics over seeds need two", seeds, 2);
  requireNames(regimes);
  const { d, T, sigma2 } = condition;
  const rows: Row[] = [];
  for (const regime of regimes)
    requireAffordable(
      { ...condition, iterations, seeds },
      regime,
      () => reasonAgainstExactDraw(regime, condition, iterations) === undefined,
    );
  for (const regime of regimes) {
    const reason = reasonAgainstExactDraw(regime, condition, iterations);
    const paths: Float64Array[] = [];
    for (let seed = 0; seed < seeds; seed++) {
      const streams = Streams.ofSeed(seed);
      paths.push(
        reason === undefined
          ? exactDraw(regime, condition, iterations, streams.get("explore").at(regime.name))
          : await literalErrors(configOf(condition, { testItems: 1 }), regime, iterations, streams),
      );
      if (seed % 10 === 9) await setImmediate();
      if (signal.aborted) throw new Cancelled();
    }
    const simulation = reason === undefined ? "exact draw" : "literal";
    const place = { variant: "explore", d, T, sigma2, simulation } as const;
    const all = Array.from({ length: iterations }, (_, i) => i + 1);
    rows.push(...testErrorRows(place, regime, condition, paths, all));
  }
  return rows;
}

function requireNames(regimes: readonly Regime[]): void {
  const names = regimes.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined)
    throw new UserError(`Two regimes are called "${twice}"; give one of them another name.`);
}
