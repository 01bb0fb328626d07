import * as fs from "node:fs";
import * as path from "node:path";
import { type ChainResult, chain } from "../../loop/chain";
import { readNpyHeader } from "../../pool/npy";
import { chainRows } from "../chainRows";
import type { Row } from "../experiment";
import type { Session } from "../session";
import { type ImagesPreset, regimesOf } from "./presets";
import { imagesTask } from "./task";

/** Pictures of each grid that the records keep. */
const KEPT = 24;
/** The seed whose pictures are kept. */
const SHOWN = 0;

const GRIDS = ["samples", "reconstructions", "originals"] as const;

/**
 * Test metrics of every generation (`kind: "metrics"`), and of one seed the pictures: prior
 * samples from fixed z, reconstructions of fixed test images, and those images, as base64 of
 * [24, 28, 28] bytes.
 */
export async function runImages(preset: ImagesPreset, session: Session): Promise<Row[]> {
  const chains = regimesOf(preset).flatMap((regime) =>
    Array.from({ length: preset.seeds }, (_, seed) =>
      chain({
        task: imagesTask,
        config: preset.task,
        regime,
        seed,
        iterations: preset.iterations,
      }),
    ),
  );
  const results = await session.chains("Image VAE", chains);
  const metrics = chainRows(results, 0).map((row) => ({ kind: "metrics", ...row }));
  return [...metrics, ...results.filter((r) => r.chain.seed === SHOWN).flatMap(pictures)];
}

function pictures({ chain: { regime }, generations }: ChainResult): Row[] {
  return generations.flatMap(({ n, folder, address }) =>
    // The originals are the same everywhere: once is enough.
    GRIDS.filter((grid) => grid !== "originals" || n === 1).map((grid) => ({
      kind: grid,
      regime: regime.name,
      seed: SHOWN,
      iteration: n - 1,
      ...firstPictures(path.join(folder, `${grid}.npy`)),
      run: address,
    })),
  );
}

/** @param file uint8 array [count, height, width] */
function firstPictures(file: string): Row {
  const handle = fs.openSync(file, "r");
  try {
    const { shape, start } = readNpyHeader(handle, file);
    const [count, height, width] = shape;
    const kept = Math.min(KEPT, count);
    const bytes = Buffer.alloc(kept * height * width);
    fs.readSync(handle, bytes, 0, bytes.length, start);
    return { count: kept, height, width, pixels: bytes.toString("base64") };
  } finally {
    fs.closeSync(handle);
  }
}
