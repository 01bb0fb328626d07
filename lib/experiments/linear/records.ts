import type { Row } from "../experiment";
import type { Part, Variant } from "./settings";

/** One line of the records: mean over `n` seeds at one setting, regime and iteration. */
export interface LinearRecord {
  readonly part: Part;
  readonly variant: Variant;
  readonly regime: string;
  readonly d: number;
  readonly T: number;
  readonly sigma2: number;
  /** "test-error", or "slope" of the error against the regime's growth law. */
  readonly kind: "test-error" | "slope";
  readonly iteration: number;
  readonly n: number;
  readonly mean: number;
  readonly sd: number;
  readonly se: number;
  /** 95 % confidence interval of the mean. */
  readonly low: number;
  readonly high: number;
  readonly median: number;
}

/** The records of a part and kind whose other columns have the given values. */
export function select(
  rows: readonly Row[],
  where: Partial<Pick<LinearRecord, "variant" | "regime" | "d" | "T" | "sigma2" | "iteration">> & {
    readonly part: Part;
    readonly kind?: LinearRecord["kind"];
  },
): LinearRecord[] {
  const wanted = Object.entries({ kind: "test-error", ...where });
  return rows.filter((row) =>
    wanted.every(([column, value]) => row[column] === value),
  ) as unknown as LinearRecord[];
}

/** The different values of a column, in the order of the records. */
export function distinct<K extends keyof LinearRecord>(
  records: readonly LinearRecord[],
  column: K,
): LinearRecord[K][] {
  return [...new Set(records.map((record) => record[column]))];
}
