import type { Figure, Provenance } from "../../../figures/figure";
import { mosaic, type Picture } from "../../../figures/picture";
import { samples } from "../../../figures/samples";
import { regimeLabel } from "../../../figures/style";
import type { Row } from "../../experiment";
import { distinct, iterationsOf } from "../../select";

/** Pictures in a cell, four by four. */
const SHOWN = 16;
const ACROSS = 4;

/** Figure 6: prior samples from the same z in every cell; regimes against iterations. */
export function figure6(rows: readonly Row[], provenance: Provenance): Figure {
  return samples({
    name: "figure-06-vae-samples",
    title: "Figure 6: samples from the prior, the same z in every cell",
    alt: `Images decoded from the same latent points by every model, one row per regime and one column per iteration: ${regimesIn(rows)}.`,
    provenance: { ...provenance, seeds: [0] },
    columnTitles: iterationsOf(rows).map(title),
    rows: gridRows(rows, "samples"),
  });
}

/** Figure 15: reconstructions of the same test images; regimes against iterations. */
export function figure15(rows: readonly Row[], provenance: Provenance): Figure {
  const original = rows.find((row) => row.kind === "originals");
  return samples({
    name: "figure-15-vae-reconstructions",
    title: "Figure 15: reconstructions of the same test images",
    alt: `Real test images and their reconstructions by every model, one row per regime and one column per iteration: ${regimesIn(rows)}.`,
    provenance: { ...provenance, seeds: [0] },
    columnTitles: iterationsOf(rows).map(title),
    rows: [
      {
        title: "Test images",
        cells: iterationsOf(rows).map((_, i) => (i === 0 && original ? picture(original) : null)),
      },
      ...gridRows(rows, "reconstructions"),
    ],
  });
}

function gridRows(rows: readonly Row[], kind: string) {
  const own = rows.filter((row) => row.kind === kind);
  return distinct(own, "regime").map((regime) => ({
    title: regimeLabel(regime),
    cells: iterationsOf(rows).map((iteration) => {
      const found = own.find((row) => row.regime === regime && row.iteration === iteration);
      return found ? picture(found) : null;
    }),
  }));
}

function picture(row: Row): Picture {
  const [width, height] = [Number(row.width), Number(row.height)];
  // Records of grey images may say nothing of channels.
  const channels = row.channels === 3 ? 3 : 1;
  const pixels = Buffer.from(String(row.pixels), "base64");
  const shown = pixels.subarray(0, SHOWN * width * height * channels);
  return mosaic(shown, { width, height, channels }, ACROSS);
}

/** Names of the regimes, in the order of the rows. */
const regimesIn = (rows: readonly Row[]) => distinct(rows, "regime").map(regimeLabel).join(", ");

const title = (iteration: number) => (iteration === 0 ? "0 (real data)" : String(iteration));
