import type { Figure, Provenance } from "../../../figures/figure";
import type { Row } from "../../experiment";
import { variantName } from "../entries/entry";
import { ENTRIES } from "../entries/index";
import type { AtlasPreset } from "../preset";
import { accumulateFailsFigure } from "./accumulateFails";
import { definitionsFigure } from "./definitions";
import { entryFigure } from "./entry";
import { priceListFigure } from "./priceList";

export { accumulateFailsFigure, entryFigure, priceListFigure };

/** What ties the entries together, and a figure of every entry; only what there are records of. */
export function atlasFigures(
  rows: readonly Row[],
  preset: AtlasPreset,
  provenance: Provenance,
): Figure[] {
  const run = new Set(rows.map((row) => row.variant));
  const measured = ENTRIES.filter((entry) =>
    entry.curves.every((curve) => run.has(variantName(entry, curve.run))),
  );
  const args = [rows, preset, provenance] as const;
  const whole = measured.length === ENTRIES.length;
  return [
    ...(whole
      ? [accumulateFailsFigure(...args), priceListFigure(...args), definitionsFigure(...args)]
      : []),
    ...measured.map((entry) => entryFigure(entry, ...args)),
  ];
}
