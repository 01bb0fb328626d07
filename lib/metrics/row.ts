/** One line of a record file or of a metric table; flat, so that any table reads it. */
export type Row = Readonly<Record<string, string | number | null>>;

/** All columns of all rows, in the order in which they first occur. */
export function columnsOf(rows: readonly Row[]): string[] {
  return [...new Set(rows.flatMap((row) => Object.keys(row)))];
}
