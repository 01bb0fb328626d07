import * as fs from "node:fs";
import type { GenerationResult } from "../../loop/chain";
import { readNpyHeader } from "../../pool/npy";
import type { Row } from "../experiment";
import { presetRows, runPreset } from "../runPreset";
import type { Session } from "../session";
import type { ImagesPreset } from "./presets";
import { imagesTask } from "./task";

/** Pictures of each grid that the records keep. */
const KEPT = 24;
/** The seed whose pictures are kept. */
const SHOWN = 0;

const GRIDS = ["samples", "reconstructions", "originals"] as const;

/**
 * Rows of every generation, each with its variant, regime, seed and iteration (0 = real data):
 *
 * - `metrics`: test metrics;
 * - of the first seed the pictures, as base64 of [24, height, width, channels] bytes: `samples` from fixed z,
 *   `reconstructions` of fixed test images, and of iteration 0 `originals`, those images.
 */
export async function runImages(preset: ImagesPreset, session: Session): Promise<Row[]> {
  const generations = await runPreset(session, "Image VAE", imagesTask, preset, 0);
  return presetRows(session, "Pictures", generations, ({ chain, generation }) => ({
    rows: chain.seed === SHOWN ? pictures(generation) : [],
  }));
}

function pictures({ n, artefact }: GenerationResult): Row[] {
  // The originals are the same everywhere: once is enough.
  return GRIDS.filter((grid) => grid !== "originals" || n === 1).map((grid) => ({
    kind: grid,
    ...firstPictures(artefact(`${grid}.npy`)),
  }));
}

/** @param file uint8 array [count, height, width], or with a last axis of colours */
function firstPictures(file: string): Row {
  const handle = fs.openSync(file, "r");
  try {
    const { shape, start } = readNpyHeader(handle, file);
    const [count, height, width, channels = 1] = shape;
    const kept = Math.min(KEPT, count);
    const bytes = Buffer.alloc(kept * height * width * channels);
    fs.readSync(handle, bytes, 0, bytes.length, start);
    return { count: kept, height, width, channels, pixels: bytes.toString("base64") };
  } finally {
    fs.closeSync(handle);
  }
}
