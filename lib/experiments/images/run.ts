import * as fs from "node:fs";
import { readNpyHeader } from "../../pool/npy";
import type { Row } from "../experiment";
import { presetRows, runPreset } from "../runPreset";
import type { Session } from "../session";
import type { ImagesPreset } from "./preset";
import { imagesTask } from "./task";

/** Pictures that the records keep of a grid: all of it where a chain begins and ends, elsewhere a few. */
const KEPT = { whole: 144, few: 16 };
/** The seed whose pictures are kept. */
const SHOWN = 0;

/**
 * Rows of every generation, each with its variant, regime, seed and iteration (0 = real data):
 *
 * - `metrics`: test metrics;
 * - of the first seed the pictures, as base64 of [count, height, width, channels] bytes: `samples` from
 *   fixed z, `reconstructions` of fixed test images, and once a variant `originals`, those images. Of a
 *   chain's last iteration and of the `originals` these are all of the evaluation's, at most 144, and of
 *   iteration 0 under the first regime, since there the other regimes' are the same; elsewhere 16.
 */
export async function runImages(preset: ImagesPreset, session: Session): Promise<Row[]> {
  const generations = await runPreset(session, "Image VAE", imagesTask, preset, 0);
  const begun = new Set<string>();
  return presetRows(session, "Pictures", generations, ({ variant, chain, generation }) => {
    if (chain.seed !== SHOWN) return { rows: [] };
    const { n, artefact } = generation;
    const first = n === 1 && !begun.has(variant.name);
    if (first) begun.add(variant.name);
    const kept = first || n === chain.iterations ? KEPT.whole : KEPT.few;
    const grids = ["samples", "reconstructions", ...(first ? ["originals"] : [])];
    return {
      rows: grids.map((grid) => ({ kind: grid, ...firstPictures(artefact(`${grid}.npy`), kept) })),
    };
  });
}

/** @param file uint8 array [count, height, width], or with a last axis of colours */
function firstPictures(file: string, most: number): Row {
  const handle = fs.openSync(file, "r");
  try {
    const { shape, start } = readNpyHeader(handle, file);
    const [available, height, width, channels = 1] = shape;
    const count = Math.min(most, available);
    const bytes = Buffer.alloc(count * height * width * channels);
    fs.readSync(handle, bytes, 0, bytes.length, start);
    return { count, height, width, channels, pixels: bytes.toString("base64") };
  } finally {
    fs.closeSync(handle);
  }
}
