import { oneFitError } from "../../theory/index";
import type { Row } from "../experiment";
import { type LinearPreset, variantOf } from "./preset";
import { type PublishedPoint, publishedPoints } from "./published";
import { variantRecords } from "./records";

/** Published mean, ours with its interval, and the expected error, at every published iteration. */
export function besidePublished(
  rows: readonly Row[],
  preset: LinearPreset,
  where: Pick<PublishedPoint, "figure" | "regime" | "T" | "sigma2">,
): Row[] {
  const { figure, ...rest } = where;
  const variant = variantOf(preset, figure);
  return publishedPoints(where).flatMap(({ iteration, value }) =>
    variantRecords(rows, { variant, ...rest, iteration }).map((record) => {
      const { n, mean, low, high, expected = Number.NaN } = record;
      const fits = expected / oneFitError(record);
      return { iteration, published: value, expected, "expected ÷ v": fits, mean, low, high, n };
    }),
  );
}
