import type { DataFrame } from "danfojs-node";
import { suggestion, UserError } from "../errors";
import { significant } from "../metrics/format";
import { fromFrame } from "../metrics/frame";
import { columnsOf, type Row } from "../metrics/row";
import { type Bundle, display, escapeHtml } from "./kernel";

export interface TableOptions {
  /** Which columns, in this order. Default: all. */
  readonly columns?: readonly string[];
  /** Significant digits of numbers that are not whole. Default 4. */
  readonly digits?: number;
  readonly caption?: string;
  /** Maximum number of rows shown; a last line counts the rest. Default 60. */
  readonly rows?: number;
  /** Show mean, low and high as one column "mean [95 % CI]". Default: where all three exist. */
  readonly intervals?: boolean;
}

/** Shows rows or a danfojs frame as a table, also in untrusted notebooks. */
export function table(source: readonly Row[] | DataFrame, options: TableOptions = {}): void {
  const rows = Array.isArray(source) ? (source as readonly Row[]) : fromFrame(source as DataFrame);
  display(tableBundle(rows, options));
}

interface Column {
  readonly title: string;
  readonly numeric: boolean;
  text(row: Row): string;
}

/** The table as HTML (with inline styles, because notebooks strip style sheets) and as text. */
export function tableBundle(rows: readonly Row[], options: TableOptions = {}): Bundle {
  const columns = columnsFor(rows, options);
  const limit = options.rows ?? 60;
  const cells = rows.slice(0, limit).map((row) => columns.map((column) => column.text(row)));
  const rest = rows.length > limit ? `… and ${rows.length - limit} more rows` : "";
  return {
    "text/html": html(columns, cells, options.caption ?? "", rest),
    "text/plain": plain(columns, cells, options.caption ?? "", rest),
  };
}

function columnsFor(rows: readonly Row[], options: TableOptions): Column[] {
  const { digits = 4 } = options;
  const all = columnsOf(rows);
  const unknown = options.columns?.find((name) => !all.includes(name));
  if (unknown !== undefined)
    throw new UserError(`The table has no column "${unknown}".${suggestion(unknown, all)}`);
  const names = options.columns ?? all;
  const intervals = options.intervals ?? ["mean", "low", "high"].every((n) => names.includes(n));
  // One column, one format: counts stand whole, measurements keep their digits even at 1.000.
  const whole = new Map(names.map((name) => [name, rows.every((row) => isWhole(row[name]))]));
  const cell = (row: Row, name: string) => {
    const value = row[name];
    return typeof value === "number" ? significant(value, digits, whole.get(name)) : (value ?? "");
  };
  return names
    .filter((name) => !(intervals && (name === "low" || name === "high")))
    .map((name) => ({
      title: intervals && name === "mean" ? "mean [95 % CI]" : name,
      numeric: rows.some((row) => typeof row[name] === "number"),
      text: (row: Row) =>
        intervals && name === "mean" && row.low != null
          ? `${cell(row, "mean")} [${cell(row, "low")}, ${cell(row, "high")}]`
          : cell(row, name),
    }));
}

function isWhole(value: string | number | null | undefined): boolean {
  return typeof value !== "number" || Number.isInteger(value);
}

const CELL = "padding:0.25em 0.8em;border:none;";

function html(columns: Column[], cells: string[][], caption: string, rest: string): string {
  const align = (i: number) => `text-align:${columns[i].numeric ? "right" : "left"}`;
  const head = columns
    .map(
      (c, i) =>
        `<th style="${CELL}${align(i)};border-bottom:1px solid">${escapeHtml(c.title)}</th>`,
    )
    .join("");
  const body = cells
    .map(
      (row) =>
        `<tr>${row.map((t, i) => `<td style="${CELL}${align(i)};font-variant-numeric:tabular-nums">${escapeHtml(t)}</td>`).join("")}</tr>`,
    )
    .join("\n");
  const last = rest && `\n<tr><td colspan="${columns.length}" style="${CELL}">${rest}</td></tr>`;
  const top = caption && `<caption style="text-align:left">${escapeHtml(caption)}</caption>`;
  return `<table style="border-collapse:collapse">${top}<thead><tr>${head}</tr></thead>\n<tbody>${body}${last}</tbody></table>`;
}

function plain(columns: Column[], cells: string[][], caption: string, rest: string): string {
  const all = [columns.map((c) => c.title), ...cells];
  const widths = columns.map((_, i) => Math.max(...all.map((row) => [...row[i]].length)));
  const lines = all.map((row) =>
    row
      .map((text, i) => (columns[i].numeric ? text.padStart(widths[i]) : text.padEnd(widths[i])))
      .join("  ")
      .trimEnd(),
  );
  return [caption, ...lines, rest].filter((line) => line !== "").join("\n");
}
