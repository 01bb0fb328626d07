// Training throughput and peak memory of the MNIST-sized VAE against the same network in eager
// PyTorch, both at their best of 1 and 2 threads, PyTorch also at its better memory format; then two
// processes of one thread at once, as the loop trains.
//   PYTORCH=/path/to/python node --import tsx bench/vae.ts [ROUNDS]
// PYTORCH names a Python with torch and NumPy (pip install torch==2.13.0 numpy).
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { STROKES_SIZE as SIDE, strokeDigits } from "../lib/data/images/strokes";
import { UserError } from "../lib/errors";
import { CHILD_FLAGS, childEnvironment } from "../lib/loop/childProcess";
import { Stream } from "../lib/random/stream";
import { pytorch } from "./pytorch";
import { compareVaes, VaeRival, writeImages } from "./vae-rivals";

const NETWORK = { channels: [32, 64], latent: 16, batch: 128, learningRate: 1e-3 };
const TRAIN_ITEMS = 60_000;
const DATA = { dataset: "strokes", trainItems: TRAIN_ITEMS, testItems: 2 };
const MODEL = { family: "vae", channels: NETWORK.channels, latent: NETWORK.latent };
const DRAWN = 6000;
const WARM_UP = 200;
const STEPS = 200;

function drawImages(): Uint8Array {
  const { images } = strokeDigits(DRAWN, new Stream(["bench"]));
  return new Uint8Array(Buffer.concat(new Array(TRAIN_ITEMS / DRAWN).fill(images)));
}

async function main(): Promise<void> {
  const rounds = Number(process.argv[2] ?? 5);
  const python = pytorch();
  const folder = mkdtempSync(join(tmpdir(), "bench-vae-"));
  const { block, images } = writeImages(
    folder,
    { data: DATA, model: MODEL },
    TRAIN_ITEMS,
    drawImages(),
  );
  const ours = (threads: number, microBatches = 1) =>
    new VaeRival(
      microBatches > 1
        ? `ours, ${microBatches} threads, ${microBatches} micro-batches`
        : `ours, ${threads} thread${threads > 1 ? "s" : ""}`,
      true,
      [process.execPath, ...CHILD_FLAGS, join(__dirname, "vae-worker.ts")],
      {
        ...{ data: DATA, model: MODEL },
        training: {
          batchSize: NETWORK.batch,
          learningRate: NETWORK.learningRate,
          microBatches,
        },
        ...{ threads, block },
      },
      childEnvironment(threads),
    );
  const theirs = (threads: number, channelsLast: boolean) =>
    new VaeRival(
      `PyTorch, ${threads} thread${threads > 1 ? "s" : ""}, ${channelsLast ? "NHWC" : "NCHW"}`,
      false,
      [python, join(__dirname, "peers", "vae.py")],
      { ...NETWORK, side: SIDE, threads, channelsLast, images },
    );
  const workers = [
    ours(1),
    theirs(1, true),
    theirs(1, false),
    ours(2),
    // TensorFlow's two threads share an operation; two of ours share a batch.
    ours(1, 2),
    theirs(2, true),
    theirs(2, false),
  ];
  try {
    await compareVaes({
      bench: "vae",
      title: `VAE ${SIDE}×${SIDE}, channels ${NETWORK.channels}, latent ${NETWORK.latent}`,
      ...{ batch: NETWORK.batch, warmUp: WARM_UP, steps: STEPS, rounds, workers },
      pairs: [
        [ours(1), ours(1)],
        [theirs(1, true), theirs(1, true)],
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
