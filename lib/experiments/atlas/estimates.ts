import type { Estimate } from "../../claims/agreement";
import { summarise } from "../../metrics/statistics";
import type { Row } from "../experiment";
import type { AtlasConfig } from "./config";
import type { Curve } from "./entries/entry";
import { seColumn } from "./statistics";

/** A curve's mean at an iteration, from all seeds and replicates; undefined if it was not run. */
export function estimateAt(
  rows: readonly Row[],
  variant: string,
  iteration: number,
  { measure, scale, clustered }: Pick<Curve, "measure" | "scale" | "clustered">,
  config: AtlasConfig,
): Estimate | undefined {
  const found = rows.filter(
    (row) => row.kind === "metrics" && row.variant === variant && row.iteration === iteration,
  );
  const values = found.map((row) => Number(row[measure]));
  if (found.length === 0 || !values.every(Number.isFinite)) return undefined;
  const factor = scale?.(config) ?? 1;
  if (clustered) {
    const { mean, se, n } = summarise(values);
    return { mean: factor * mean, se: factor * (se ?? Number.NaN), n };
  }
  const errors = found.map((row) => Number(row[seColumn(measure)]));
  const n = found.reduce((sum, row) => sum + Number(row.replicates), 0);
  return {
    mean: (factor * values.reduce((a, b) => a + b, 0)) / found.length,
    se: (factor * Math.hypot(...errors)) / found.length,
    n,
    degreesOfFreedom: n - found.length,
  };
}

/** The iterations of a variant that there are rows of, ascending. */
export function iterationsOf(rows: readonly Row[], variant: string): number[] {
  const own = rows.filter((row) => row.kind === "metrics" && row.variant === variant);
  return [...new Set(own.map((row) => Number(row.iteration)))].sort((a, b) => a - b);
}
