import { interval } from "../../claims/agreement";
import type { Row } from "../experiment";
import { type Curve, type Entry, variantName } from "./entries/entry";
import { estimateAt, iterationsOf } from "./estimates";
import { type AtlasPreset, variantConfig } from "./preset";

/** A curve at an iteration: measured with its 95 % interval, and the exact value. */
export interface Point {
  readonly n: number;
  readonly mean: number;
  readonly se: number;
  readonly low: number;
  readonly high: number;
  readonly exact: number;
}

/** A curve's points at all iterations of its run; none if it was not run. */
export function pointsOf(
  rows: readonly Row[],
  preset: AtlasPreset,
  entry: Pick<Entry, "id">,
  curve: Curve,
): Point[] {
  const variant = variantName(entry, curve.run);
  const found = preset.variants.find(({ name }) => name === variant);
  const own = rows.filter((row) => row.variant === variant);
  const iterations = iterationsOf(own, variant);
  if (!found || iterations.length === 0) return [];
  const config = variantConfig(preset, found);
  const exact = curve.exact(config, iterations[iterations.length - 1]);
  return iterations.flatMap((n) => {
    const estimate = estimateAt(own, variant, n, curve, config);
    if (!estimate) return [];
    const { mean, se } = estimate;
    const { low, high } = interval(estimate);
    return [{ n, mean, se, low, high, exact: exact[n - 1] }];
  });
}
