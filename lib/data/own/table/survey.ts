import { UserError } from "../../../errors";
import { countOf, formatCount } from "../../../format";
import type { Place } from "../files";
import type { Reading } from "../readFile";
import type { TableOptions } from "./columns";
import { Moments } from "./moments";
import { openTable, type TableRow } from "./read";

/** How a value that is not there is written, in small letters. */
const MISSING = new Set(["", "na", "n/a", "nan", "null", "none", "?"]);
/** Share of a column's variance below which it counts as determined by the others. */
const DETERMINED = 1e-9;
/** Fewest rows with which a fit and a test make sense. */
export const FEWEST_ROWS = 20;
/** Numbers of a training set that a run holds in memory; under accumulate, as often as there are models. */
const MOST_VALUES = 1e6;
/** Columns named in sentences. */
const NAMED = 6;

export interface TableSurvey {
  readonly sha256: string;
  /** Rows of the file, and those that a run can use. */
  readonly rows: number;
  readonly items: number;
  readonly target: string;
  readonly inputs: readonly string[];
  readonly without: readonly string[];
  /** Mean and standard deviation of each input and then of the target. */
  readonly means: readonly number[];
  readonly scales: readonly number[];
  readonly said: readonly string[];
}

/**
 * Reads a table once: its columns, and whether they can be used.
 * @throws UserError if values are missing or no numbers, a column is constant or determined by others, or
 *   the rows are too few
 */
export async function surveyTable(
  place: Place,
  options: TableOptions,
  reading: Reading,
): Promise<TableSurvey> {
  const { columns, rows, reader } = await openTable(place, options, reading);
  const { names, fields } = columns;
  const moments = new Moments(names.length);
  const values = new Float64Array(names.length);
  const faults = new Faults(names);
  let count = 0;
  for await (const part of rows)
    for (const row of part) {
      count++;
      if (readRow(row, values, faults)) moments.add(values);
    }
  const where = place.files[0].path;
  faults.refuse(where);
  const least = Math.max(FEWEST_ROWS, Math.ceil((5 / 4) * (names.length + 2)));
  if (count < least)
    throw new UserError(
      `${where} has ${countOf(count, "row")}; with ${countOf(names.length - 1, "input column")} at least ${least} are needed.`,
    );
  refuseDetermined(names, moments, where);
  const inputs = names.slice(0, -1);
  const [target] = names.slice(-1);
  const items = Math.min(count, Math.floor(MOST_VALUES / names.length));
  const without = options.without ?? [];
  return {
    ...{ sha256: reader.sha256, rows: count, items, target, inputs, without },
    means: [...moments.mean],
    scales: names.map((_, i) => Math.sqrt(moments.covariance(i, i))),
    said: [
      `${place.name}: ${countOf(count, "row")}; "${target}" is explained by ${listed(inputs)} and a constant. Every column is scaled to mean 0 and variance 1, so that a squared error of 1 is the variance of "${target}".`,
      ...(fields > names.length ? [`Left out as asked: ${listed(without)}.`] : []),
      ...(items < count ? [`Of the rows a random ${formatCount(items)} can be used.`] : []),
    ],
  };
}

/** Reads a row's numbers into `values`. @returns whether all are there */
export function readRow({ number, fields }: TableRow, values: Float64Array, faults?: Faults) {
  let whole = true;
  for (const [i, field] of fields.entries()) {
    values[i] = field === "" ? Number.NaN : Number(field);
    if (Number.isFinite(values[i])) continue;
    whole = false;
    faults?.add(i, number, field);
  }
  return whole;
}

/** What keeps a table's columns from being used. */
class Faults {
  readonly #missing = new Map<number, { first: number; count: number }>();
  readonly #text = new Map<number, { first: number; field: string }>();

  constructor(readonly names: readonly string[]) {}

  add(column: number, row: number, field: string): void {
    if (MISSING.has(field.toLowerCase())) {
      const before = this.#missing.get(column);
      if (before) before.count++;
      else this.#missing.set(column, { first: row, count: 1 });
    } else if (!this.#text.has(column)) this.#text.set(column, { first: row, field });
  }

  /** @throws UserError if there is any, what is no number first */
  refuse(where: string): void {
    const texts = [...this.#text];
    if (texts.length > 0) {
      const [column, { first, field }] = texts[0];
      const others = texts.map(([i]) => this.names[i]).join(",");
      throw new UserError(
        `The column "${this.names[column]}" of ${where} is not numeric (row ${first}: "${field.slice(0, 40)}"). Leave it out with --without ${others}, or write numbers with a point.`,
      );
    }
    const missing = [...this.#missing];
    if (missing.length === 0) return;
    const [column, { first, count }] = missing[0];
    const more =
      missing.length > 1 ? `, and ${countOf(missing.length - 1, "other column")} too` : "";
    throw new UserError(
      `The column "${this.names[column]}" of ${where} misses ${countOf(count, "value")} (first in row ${first})${more}. Remove or fill in those rows, or leave the column out with --without.`,
    );
  }
}

/** @throws UserError if a column is constant or a linear combination of the ones before it */
function refuseDetermined(names: readonly string[], moments: Moments, where: string): void {
  const constant = names.findIndex((_, i) => !(moments.covariance(i, i) > 0));
  const last = names.length - 1;
  if (constant >= 0)
    throw new UserError(
      constant === last
        ? `The target "${names[last]}" of ${where} is constant: there is nothing to explain. Name another with --target.`
        : `The column "${names[constant]}" of ${where} is constant. Leave it out with --without ${names[constant]}.`,
    );
  const determined = moments.unexplained().findIndex((share) => share < DETERMINED);
  if (determined < 0) return;
  throw new UserError(
    determined === last
      ? `The target "${names[last]}" of ${where} is an exact linear function of the other columns: without noise nothing can collapse. Leave out the columns that it was computed from.`
      : `The column "${names[determined]}" of ${where} is a linear function of the columns before it. Leave it out with --without ${names[determined]}.`,
  );
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, NAMED).map((name) => `"${name}"`);
  const more = names.length - shown.length;
  return `${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
