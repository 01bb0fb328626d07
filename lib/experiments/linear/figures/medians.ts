import { oneFitError } from "../../../theory/index";
import type { LinearRecord } from "../records";

/**
 * The leading-order form of an expected error as a line for medians: its growth since the first
 * iteration, times the median of one fit.
 * @param records of one regime and condition, by iteration
 * @param oneFit median of one fit in units of its expected error. @defaultValue the first record's
 */
export function leadingOrderOfMedian(
  records: readonly LinearRecord[],
  oneFit = medianInFits(records[0]),
): (number | null)[] {
  return records.map(({ leadingOrder }) =>
    leadingOrder === undefined ? null : oneFit * leadingOrder,
  );
}

/** The median in units of the expected error of one fit. */
export function medianInFits(record: LinearRecord): number {
  return record.median / oneFitError(record);
}
