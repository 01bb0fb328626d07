// Training throughput and peak memory of the published VanillaVAE, 64 × 64 in colour, against PyTorch at
// its best of eager, compile and autocast to bfloat16, of 1 and 2 threads and of both memory formats;
// then two processes of one thread at once, as the loop trains.
//   PYTORCH=/path/to/python node --import tsx bench/vanilla-vae.ts [ROUNDS]
// PYTORCH names a Python with torch and NumPy (pip install torch==2.13.0 numpy).
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { IMAGE_SET } from "../lib/data/images/load";
import { UserError } from "../lib/errors";
import { CHILD_FLAGS, childEnvironment } from "../lib/loop/childProcess";
import { PAPER_VANILLA_VAE } from "../lib/models/vanillaVae/config";
import { Stream } from "../lib/random/stream";
import { pytorch } from "./pytorch";
import { compareVaes, VaeRival, writeImages } from "./vae-rivals";

const BATCH = 64;
const LEARNING_RATE = 0.005;
const ITEMS = 6400;
const { height, width, channels } = IMAGE_SET.celeba.shape;
const DATA = { dataset: "celeba", trainItems: ITEMS, testItems: 2 };
const MODEL = { family: "vanilla-vae" };
const WARM_UP = 10;
const STEPS = 20;

/** Made-up pictures, the same for both sides: smooth, as photographs are. */
function drawImages(): Uint8Array {
  const stream = new Stream(["bench", "vanilla-vae"]);
  const pixels = new Uint8Array(ITEMS * height * width * channels);
  for (let i = 0, at = 0; i < ITEMS; i++) {
    const [x0, y0, ...phases] = Array.from({ length: 2 + channels }, () => stream.uniform());
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++)
        for (let c = 0; c < channels; c++)
          pixels[at++] =
            128 + 100 * Math.sin((x * (1 + x0)) / 12 + (y * (1 + y0)) / 15 + 6 * phases[c]);
  }
  return pixels;
}

async function main(): Promise<void> {
  const rounds = Number(process.argv[2] ?? 3);
  const python = pytorch();
  const folder = mkdtempSync(join(tmpdir(), "bench-vanilla-vae-"));
  const { block, images } = writeImages(folder, { data: DATA, model: MODEL }, ITEMS, drawImages());
  const ours = (threads: number) =>
    new VaeRival(
      `ours, ${threads} thread${threads > 1 ? "s" : ""}`,
      true,
      [process.execPath, ...CHILD_FLAGS, join(__dirname, "vae-worker.ts")],
      {
        ...{ data: DATA, model: MODEL, threads, block },
        training: { batchSize: BATCH, learningRate: LEARNING_RATE },
      },
      childEnvironment(threads),
    );
  const theirs = (threads: number, options: { compile?: true; autocast?: true; nhwc?: true }) =>
    new VaeRival(
      `PyTorch, ${threads} thread${threads > 1 ? "s" : ""}, ${options.nhwc ? "NHWC" : "NCHW"}${options.compile ? ", compile" : ""}${options.autocast ? ", bfloat16" : ""}`,
      false,
      [python, join(__dirname, "peers", "vanilla_vae.py")],
      {
        ...{ ...PAPER_VANILLA_VAE, batch: BATCH, learningRate: LEARNING_RATE },
        ...{ threads, images, channelsLast: false, compile: false, autocast: false },
        ...(options.nhwc ? { channelsLast: true } : {}),
        ...options,
      },
    );
  const kinds = [
    {},
    { nhwc: true },
    { compile: true },
    { compile: true, nhwc: true },
    { autocast: true },
    { compile: true, autocast: true },
  ] as const;
  try {
    await compareVaes({
      bench: "vanilla-vae",
      title: `VanillaVAE ${height}×${width}×${channels}, channels ${PAPER_VANILLA_VAE.channels}, latent ${PAPER_VANILLA_VAE.latent}`,
      ...{ batch: BATCH, warmUp: WARM_UP, steps: STEPS, rounds },
      workers: [
        ...[1, 2].map(ours),
        ...[1, 2].flatMap((threads) => kinds.map((kind) => theirs(threads, kind))),
      ],
      pairs: [
        [ours(1), ours(1)],
        [theirs(1, { compile: true, nhwc: true }), theirs(1, { compile: true, nhwc: true })],
      ],
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

main().catch((error) => {
  console.error(error instanceof UserError ? error.message : error);
  process.exitCode = 1;
});
