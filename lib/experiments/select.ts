import type { Row } from "../metrics/row";

/** A variant of a preset as figures know it. */
interface Labelled {
  readonly name: string;
  readonly label: string;
}

/** Rows of a kind and of some variants, with the variant's label as `label`. */
export function rowsOf(rows: readonly Row[], kind: string, variants: readonly Labelled[]): Row[] {
  const labels = new Map(variants.map(({ name, label }) => [name, label]));
  return rows.flatMap((row) => {
    const label = row.kind === kind ? labels.get(String(row.variant)) : undefined;
    return label === undefined ? [] : [{ ...row, label }];
  });
}

/** Values of a column in the order in which they first occur. */
export function distinct(rows: readonly Row[], column: string): string[] {
  return [...new Set(rows.map((row) => String(row[column])))];
}

/** Seeds that occur, ascending. */
export function seedsOf(rows: readonly Row[]): number[] {
  return [...new Set(rows.map((row) => Number(row.seed)))].sort((a, b) => a - b);
}

/** Iterations that occur, ascending. */
export function iterationsOf(rows: readonly Row[]): number[] {
  return [...new Set(rows.map((row) => Number(row.iteration)))].sort((a, b) => a - b);
}
