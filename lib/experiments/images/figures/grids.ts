import type { Figure, Provenance } from "../../../figures/figure";
import type { Picture } from "../../../figures/picture";
import { samples } from "../../../figures/samples";
import { regimeLabel } from "../../../figures/style";
import type { Row } from "../../experiment";
import { distinct, iterationsOf } from "../../select";
import { pictureOf } from "./pictureOf";
import type { Words } from "./words";

/** Pictures in a cell, four by four. */
const SHOWN = 16;
const ACROSS = 4;

/** Columns: more would be too small to see anything. */
const COLUMNS = 6;
/** Six columns of 4 × 4 pictures of 32 pixels, at two of the exported PNG's pixels for each. */
const WIDTH = 1020;

/** Figure 6: prior samples from the same z in every cell; regimes against iterations. */
export function figure6(rows: readonly Row[], provenance: Provenance, words?: Words): Figure {
  const shown = shownOf(rows);
  const heading = words ? `${words.title}: samples` : "Figure 6: samples";
  return samples({
    name: words ? `${words.name}-samples` : "figure-06-vae-samples",
    title: `${heading} from the prior, the same z in every cell`,
    alt: `Images decoded from the same latent points by every model, one row per regime and one column per iteration: ${regimesIn(rows)}.`,
    provenance: { ...provenance, seeds: [0] },
    columnTitles: shown.map(title),
    rows: gridRows(rows, "samples", shown),
    width: WIDTH,
  });
}

/** Figure 15: reconstructions of the same test images; regimes against iterations. */
export function figure15(rows: readonly Row[], provenance: Provenance, words?: Words): Figure {
  const shown = shownOf(rows);
  const original = rows.find((row) => row.kind === "originals");
  const heading = words ? `${words.title}: reconstructions` : "Figure 15: reconstructions";
  return samples({
    name: words ? `${words.name}-reconstructions` : "figure-15-vae-reconstructions",
    title: `${heading} of the same test images`,
    alt: `Real test images and their reconstructions by every model, one row per regime and one column per iteration: ${regimesIn(rows)}.`,
    provenance: { ...provenance, seeds: [0] },
    columnTitles: shown.map(title),
    rows: [
      {
        title: "Test images",
        cells: shown.map((_, i) => (i === 0 && original ? picture(original) : null)),
      },
      ...gridRows(rows, "reconstructions", shown),
    ],
    width: WIDTH,
  });
}

/** At most six iterations, the first and the last among them, as evenly as whole numbers allow. */
function shownOf(rows: readonly Row[]): number[] {
  const all = iterationsOf(rows);
  if (all.length <= COLUMNS) return all;
  const step = (all.length - 1) / (COLUMNS - 1);
  return Array.from({ length: COLUMNS }, (_, i) => all[Math.round(i * step)]);
}

function gridRows(rows: readonly Row[], kind: string, iterations: readonly number[]) {
  const own = rows.filter((row) => row.kind === kind);
  return distinct(own, "regime").map((regime) => ({
    title: regimeLabel(regime),
    cells: iterations.map((iteration) => {
      const found = own.find((row) => row.regime === regime && row.iteration === iteration);
      return found ? picture(found) : null;
    }),
  }));
}

const picture = (row: Row): Picture => pictureOf(row, SHOWN, ACROSS);

/** Names of the regimes, in the order of the rows. */
const regimesIn = (rows: readonly Row[]) => distinct(rows, "regime").map(regimeLabel).join(", ");

const title = (iteration: number) => (iteration === 0 ? "0 (real data)" : String(iteration));
