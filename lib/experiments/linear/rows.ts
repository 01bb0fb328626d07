import type { Row } from "../../metrics/row";
import type { Regime } from "../../pool/regime";
import { type Condition, expectedErrors } from "../../theory/index";
import type { LinearRecord } from "./records";
import { errorStatistics, roundedTo6 } from "./statistics";

/** What the rows of one condition have in common. */
type Place = Pick<LinearRecord, "variant" | "d" | "T" | "sigma2" | "simulation">;

/**
 * Rows of kind "test-error": statistics over seeds, and the expected error where it is known.
 * @param paths test errors of iterations 1 … N, one path per seed
 * @param iterations those that get a row
 */
export function testErrorRows(
  place: Place,
  regime: Regime,
  condition: Condition,
  paths: readonly ArrayLike<number>[],
  iterations: readonly number[],
): Row[] {
  const { variant, ...rest } = place;
  const expected = expectedErrors(regime, condition, paths[0].length);
  return iterations.map((iteration) => {
    const what = `test errors of ${variant}, ${regime.name}, iteration ${iteration}`;
    const errors = paths.map((path) => path[iteration - 1]);
    return {
      kind: "test-error",
      variant,
      regime: regime.name,
      seed: seedRange(paths.length),
      iteration,
      ...rest,
      ...errorStatistics(errors, what),
      ...(expected && {
        [expected.exact ? "expected" : "leadingOrder"]: roundedTo6(expected.errors[iteration - 1]),
      }),
    };
  });
}

/**
 * A row of kind "slope": least-squares slope, with intercept, of each seed's path against the exact
 * expected one, which is 1 in expectation. No row where no exact form is known.
 */
export function slopeRows(
  place: Place,
  regime: Regime,
  condition: Condition,
  paths: readonly ArrayLike<number>[],
): Row[] {
  const { variant, ...rest } = place;
  const iteration = paths[0].length;
  const expected = expectedErrors(regime, condition, iteration);
  if (!expected?.exact || iteration < 2) return [];
  const slopes = paths.map((path) => slope(expected.errors, path));
  const head = { kind: "slope", variant, regime: regime.name, seed: seedRange(paths.length) };
  return [{ ...head, iteration, ...rest, ...errorStatistics(slopes, "slopes") }];
}

/** Least-squares slope of y against x, with intercept. */
function slope(x: Float64Array, y: ArrayLike<number>): number {
  const mean = x.reduce((a, b) => a + b, 0) / x.length;
  let across = 0;
  let along = 0;
  for (let i = 0; i < x.length; i++) {
    across += (x[i] - mean) * y[i];
    along += (x[i] - mean) ** 2;
  }
  return across / along;
}

/** "0-399". */
function seedRange(count: number): string {
  return `0-${count - 1}`;
}
