import { UserError } from "../errors";
import { regimeLabel } from "../figures/style";
import type { Row } from "../metrics/row";
import { type Bundle, display, escapeHtml } from "./kernel";

export interface ViewerOptions {
  /** Which of the kept stories. Default: all of them, one below the other. */
  readonly story?: number;
  /** Iterations, in this order. Default: all that there are. */
  readonly iterations?: readonly number[];
  /** Columns of the rows whose values stand side by side. Default: the regimes. */
  readonly columns?: readonly string[];
  /** Letters of a story; the rest is left out with "…". Default 600. */
  readonly letters?: number;
}

/**
 * Sampled stories side by side, as in Table 1 of the paper: a row an iteration, a column a regime,
 * and in every cell the story of the same number, which all models begin alike.
 * @param rows with regime, iteration, story and text (and measure "sample", if there are others)
 * @throws UserError if no row is left to show
 */
export function sampleViewer(rows: readonly Row[], options: ViewerOptions = {}): void {
  display(sampleBundle(rows, options));
}

/** The same as HTML (inline styles only: style sheets are stripped from notebooks) and as text. */
export function sampleBundle(rows: readonly Row[], options: ViewerOptions = {}): Bundle {
  const { columns = ["regime"], letters = 600 } = options;
  const all = rows.filter((row) => (row.kind ?? "sample") === "sample");
  const stories = distinct(all.map((row) => Number(row.story)));
  const shown = options.story === undefined ? stories : [options.story];
  const iterations =
    options.iterations ?? distinct(all.map((row) => Number(row.iteration))).sort((a, b) => a - b);
  const own = all.filter(
    (row) => shown.includes(Number(row.story)) && iterations.includes(Number(row.iteration)),
  );
  if (own.length === 0)
    throw new UserError(
      `There is no such story to show: the records keep stories ${stories.join(", ") || "(none)"}.`,
    );
  const heading = (row: Row) =>
    columns.map((c) => (c === "regime" ? regimeLabel(String(row[c])) : String(row[c]))).join(", ");
  const heads = distinct(own.map(heading));
  const tables = shown.map((story) => ({
    story,
    lines: iterations.map((iteration) => ({
      iteration,
      cells: heads.map((head) => {
        const found = own.find(
          (row) => row.story === story && row.iteration === iteration && heading(row) === head,
        );
        return found ? truncate(String(found.text), letters) : "";
      }),
    })),
  }));
  return {
    "text/html": tables.map((t) => html(t, heads)).join("\n"),
    "text/plain": plain(tables, heads),
  };
}

interface Table {
  readonly story: number;
  readonly lines: readonly { readonly iteration: number; readonly cells: readonly string[] }[];
}

const CELL = "padding:0.4em 0.8em;border:none;text-align:left;vertical-align:top";
const TEXT = `${CELL};white-space:pre-wrap;overflow-wrap:anywhere;line-height:1.35`;

function html({ story, lines }: Table, heads: readonly string[]): string {
  const width = `width:${Math.floor(94 / heads.length)}%`;
  const top = ["", ...heads]
    .map(
      (h, i) =>
        `<th style="${CELL};border-bottom:1px solid${i ? `;${width}` : ""}">${escapeHtml(h)}</th>`,
    )
    .join("");
  const body = lines.map(
    ({ iteration, cells }) =>
      `<tr><td style="${CELL}">${iteration}</td>${cells
        .map((text) => `<td style="${TEXT}">${escapeHtml(text)}</td>`)
        .join("")}</tr>`,
  );
  const caption = `<caption style="text-align:left">Story ${story + 1} of every model, by iteration</caption>`;
  return `<table style="border-collapse:collapse;width:100%;table-layout:auto">${caption}<thead><tr>${top}</tr></thead>\n<tbody>${body.join("\n")}</tbody></table>`;
}

function plain(tables: readonly Table[], heads: readonly string[]): string {
  return tables
    .flatMap(({ story, lines }) => [
      `Story ${story + 1} of every model`,
      ...lines.flatMap(({ iteration, cells }) =>
        cells.flatMap((text, i) => (text ? [`[${heads[i]}, iteration ${iteration}] ${text}`] : [])),
      ),
    ])
    .join("\n");
}

function truncate(text: string, letters: number): string {
  const all = [...text];
  return all.length <= letters ? text : `${all.slice(0, letters).join("").trimEnd()} …`;
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
