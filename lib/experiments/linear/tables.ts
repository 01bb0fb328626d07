import { oneFitError } from "../../theory/index";
import type { Row } from "../experiment";
import { expectedError } from "./expected";
import { PUBLISHED, type PublishedPoint } from "./published";
import { select } from "./records";

/** Published mean, ours with its interval, and the closed form, at every published iteration. */
export function besidePublished(
  rows: readonly Row[],
  where: Pick<PublishedPoint, "part" | "regime" | "T" | "sigma2">,
): Row[] {
  const entries = Object.entries(where);
  return PUBLISHED.filter((point) =>
    entries.every(([key, value]) => point[key as keyof PublishedPoint] === value),
  ).flatMap(({ iteration, value }) =>
    select(rows, { ...where, iteration }).map((record) => {
      const { n, mean, low, high } = record;
      const theory = expectedError(record);
      const fits = theory / oneFitError(record);
      return { iteration, published: value, theory, "theory ÷ v": fits, mean, low, high, n };
    }),
  );
}
