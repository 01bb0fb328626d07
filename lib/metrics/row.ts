/** One line of a record file or of a metric table; flat, so that any table reads it. */
export type Row = Readonly<Record<string, string | number | null>>;
