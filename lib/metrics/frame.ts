import type { DataFrame } from "danfojs-node";
import { UserError } from "../errors";
import { columnsOf, type Row } from "./row";

/**
 * Rows as a danfojs data frame, for exploring metric tables in a notebook: query, sort, group,
 * plot. Statistics and CSV files are made from rows (`summariseBy`, `toCsv`), not from frames:
 * danfojs turns a group with one NaN into NaN and does not quote.
 */
export function toFrame(rows: readonly Row[]): DataFrame {
  if (rows.length === 0) throw new UserError("A table without rows has no columns to frame.");
  const columns = columnsOf(rows);
  process.env.TF_CPP_MIN_LOG_LEVEL ??= "3"; // without TensorFlow's greeting
  // Loading danfojs loads TensorFlow, which takes a second that nobody else should wait for.
  require("../engine/removedFromNode.cjs");
  const danfo = require("danfojs-node") as typeof import("danfojs-node");
  const values = rows.map((row) => columns.map((column) => row[column] ?? null));
  return new danfo.DataFrame(values as unknown[][] as (string | number)[][], { columns });
}

/** A frame's rows; what is missing or NaN in the frame is null. */
export function fromFrame(frame: Pick<DataFrame, "columns" | "values">): Row[] {
  const { columns } = frame;
  return (frame.values as unknown[][]).map((values) =>
    Object.fromEntries(columns.map((column, i) => [column, plain(values[i], column)])),
  );
}

function plain(value: unknown, column: string): string | number | null {
  if (value === null || value === undefined || Number.isNaN(value)) return null;
  if (typeof value === "string" || typeof value === "number") return value;
  throw new UserError(
    `Column "${column}" holds a ${typeof value}; rows hold text, numbers and null. Convert it in the frame first.`,
  );
}
