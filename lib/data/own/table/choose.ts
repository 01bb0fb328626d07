import { UserError } from "../../../errors";
import type { Streams } from "../../../random/streams";
import type { Place } from "../files";
import { LowestRanks, SPLIT } from "../lowestRanks";
import type { Reading } from "../readFile";
import { openTable } from "./read";
import { readRow, type TableSurvey } from "./survey";

/** Rows as a regression takes them. */
export interface Rows {
  /** [N, d] values, the constant 1 first and then the scaled inputs. */
  readonly x: Float64Array;
  /** [N] scaled labels. */
  readonly y: Float64Array;
}

/**
 * Chooses rows at random by their numbers and divides them; equal rows are different observations. The others
 * are not held in memory.
 */
export async function chooseRows(
  place: Place,
  survey: TableSurvey,
  counts: { readonly train: number; readonly test: number },
  streams: Streams,
  reading: Reading,
): Promise<{ readonly train: Rows; readonly test: Rows }> {
  const { inputs, means, scales } = survey;
  const ranks = new LowestRanks(counts.train + counts.test, streams.get(SPLIT));
  for (let row = 0; row < survey.rows; row++) ranks.add(String(row), row);
  const rankOf = new Map(ranks.items().map((row, rank) => [row + 1, rank]));
  const d = inputs.length + 1;
  const x = new Float64Array(rankOf.size * d);
  const y = new Float64Array(rankOf.size);
  const values = new Float64Array(d);
  const { rows } = await openTable(place, survey, reading);
  for await (const part of rows)
    for (const row of part) {
      const rank = rankOf.get(row.number);
      if (rank === undefined) continue;
      if (!readRow(row, values))
        throw new UserError(`${place.files[0].path} has changed while it was in use. Run again.`);
      const scaled = values.map((value, i) => (value - means[i]) / scales[i]);
      x[rank * d] = 1;
      x.set(scaled.subarray(0, d - 1), rank * d + 1);
      y[rank] = scaled[d - 1];
    }
  const part = (from: number, to: number): Rows => ({
    x: x.subarray(from * d, to * d),
    y: y.subarray(from, to),
  });
  return { test: part(0, counts.test), train: part(counts.test, rankOf.size) };
}
