import { UserError } from "../errors";
import type { Row } from "../metrics/row";
import { groupBy } from "../metrics/statistics";

/** The rows with `column` divided, seed by seed, by its value at that seed's smallest `x`. */
export function relativeToFirst(rows: readonly Row[], x: string, column: string): Row[] {
  return groupBy(rows, ["seed"]).flatMap((seed) => {
    const first = seed.rows.reduce((a, b) => (Number(b[x]) < Number(a[x]) ? b : a));
    const unit = Number(first[column]);
    if (!Number.isFinite(unit) || unit === 0)
      throw new UserError(
        `Cannot show ${column} relative to the first of seed ${seed.key.seed}: that is ${first[column]}.`,
      );
    return seed.rows.map((row) => ({ ...row, [column]: Number(row[column]) / unit }));
  });
}
