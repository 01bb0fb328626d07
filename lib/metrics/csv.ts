import { csvFormat } from "d3-dsv";
import { columnsOf, type Row } from "./row";

/**
 * Rows as comma-separated values (RFC 4180: cells with commas, quotes or line breaks are quoted),
 * with a header line and a final newline. Numbers keep every digit; null becomes an empty cell.
 * @param columns default: all columns of all rows in the order in which they first occur
 */
export function toCsv(rows: readonly Row[], columns?: readonly string[]): string {
  return `${csvFormat([...rows], [...(columns ?? columnsOf(rows))])}\n`;
}
