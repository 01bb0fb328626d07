import type { Row } from "../experiment";
import type { ErrorStatistics } from "./statistics";

/** How a condition was simulated; "literal" is the loop without its run store. */
export type Simulation = "exact draw" | "loop" | "literal";

/** One line of the records: statistics over `n` seeds of one condition, regime and iteration. */
export interface LinearRecord extends ErrorStatistics {
  /** The test error, or the slope of its path against the expected one. */
  readonly kind: "test-error" | "slope";
  readonly variant: string;
  readonly regime: string;
  /** The seeds behind it: "0-399". */
  readonly seed: string;
  readonly iteration: number;
  readonly d: number;
  readonly T: number;
  /** Noise level σ² of the grid. */
  readonly sigma2: number;
  readonly simulation: Simulation;
  /** The exact expected test error, where it is known. */
  readonly expected?: number;
  /** The expected test error to leading order in d/T, where only that is known. */
  readonly leadingOrder?: number;
  // Rows of this family have at least two seeds.
  readonly sd: number;
  readonly se: number;
  readonly low: number;
  readonly high: number;
}

type Where = {
  readonly [K in "variant" | "regime" | "d" | "T" | "sigma2" | "iteration" | "simulation"]?:
    | LinearRecord[K]
    | undefined;
};

/** The records of a kind whose other columns have the given values. */
export function select(
  rows: readonly Row[],
  where: Where & { readonly kind?: LinearRecord["kind"] },
): LinearRecord[] {
  const columns = Object.entries({ kind: "test-error", ...where });
  return rows.filter((row) =>
    columns.every(([column, value]) => row[column] === value),
  ) as unknown as LinearRecord[];
}

/** The records of a variant, the loop's where it ran through the loop; none of no variant. */
export function variantRecords(
  rows: readonly Row[],
  where: Where & { readonly variant: string | undefined; readonly kind?: LinearRecord["kind"] },
): LinearRecord[] {
  const loop = select(rows, { simulation: "loop", ...where });
  return loop.length > 0 ? loop : select(rows, { simulation: "exact draw", ...where });
}

/** The different values of a column, in the order of the records. */
export function distinct<K extends keyof LinearRecord>(
  records: readonly LinearRecord[],
  column: K,
): LinearRecord[K][] {
  return [...new Set(records.map((record) => record[column]))];
}

/** The records of the last iteration. */
export function lastOf(records: readonly LinearRecord[]): LinearRecord[] {
  const last = Math.max(...records.map((r) => r.iteration));
  return records.filter((r) => r.iteration === last);
}
