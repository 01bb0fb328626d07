// Training throughput and peak memory of the MNIST-sized VAE against the same network in eager
// PyTorch, both at their best of 1 and 2 threads, PyTorch also at its better memory format; then two
// processes of one thread at once, as the loop trains.
//   PYTORCH=/path/to/python node --import tsx bench/vae.ts [ROUNDS]
// PYTORCH names a Python with torch and NumPy (pip install torch==2.13.0 numpy).
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { STROKES_SIZE as SIDE, strokeDigits } from "../lib/data/images/strokes";
import { UserError } from "../lib/errors";
import { imagesTask } from "../lib/experiments/images/task";
import { CHILD_FLAGS, childEnvironment } from "../lib/loop/childProcess";
import { BlockWriter } from "../lib/pool/blockWriter";
import { Stream } from "../lib/random/stream";
import { pytorch } from "./pytorch";
import { mebibytes, median, Worker } from "./worker";

const NETWORK = { channels: [32, 64], latent: 16, batch: 128, learningRate: 1e-3 };
const TRAIN_ITEMS = 60_000;
const DATA = { dataset: "strokes", trainItems: TRAIN_ITEMS, testItems: 2 };
const MODEL = { family: "vae", channels: NETWORK.channels, latent: NETWORK.latent };
const DRAWN = 6000;
const WARM_UP = 200;
const STEPS = 200;

interface Answer {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly loss: number;
  readonly parameters: number;
  readonly peak: number;
}

class Rival extends Worker<Answer> {
  get imagesPerSecond(): number {
    return median(this.answers.map(({ seconds }) => (STEPS * NETWORK.batch) / seconds));
  }

  get imagesPerCpuSecond(): number {
    return median(this.answers.map(({ cpuSeconds }) => (STEPS * NETWORK.batch) / cpuSeconds));
  }

  get peak(): number {
    return mebibytes(Math.max(...this.answers.map(({ peak }) => peak)));
  }
}

/** 60,000 images, the same for both sides: as a block of the pool and as raw bytes. */
function writeData(folder: string): { block: string; images: string } {
  const { images } = strokeDigits(DRAWN, new Stream(["bench"]));
  const all = Buffer.concat(new Array(TRAIN_ITEMS / DRAWN).fill(images));
  const block = join(folder, "block");
  const writer = BlockWriter.create(
    block,
    imagesTask.schema(
      imagesTask.config.parse({ data: DATA, model: MODEL, training: { epochs: 1 } }),
    ),
  );
  writer.append({ length: TRAIN_ITEMS, columns: { pixels: { data: new Uint8Array(all) } } });
  writer.finish();
  writeFileSync(join(folder, "images"), all);
  return { block, images: join(folder, "images") };
}

async function main(): Promise<void> {
  const rounds = Number(process.argv[2] ?? 5);
  const python = pytorch();
  const folder = mkdtempSync(join(tmpdir(), "bench-vae-"));
  const { block, images } = writeData(folder);
  const ours = (threads: number, microBatches = 1) =>
    new Rival(
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
    new Rival(
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
  // The loop trains a chain a core: two processes of one thread, side by side.
  const pairs = [
    [ours(1), ours(1)],
    [theirs(1, true), theirs(1, true)],
  ];
  const everybody = [...workers, ...pairs.flat()];
  const step = (worker: Rival) => worker.round(STEPS);
  try {
    for (const worker of everybody) await worker.ask(WARM_UP);
    for (let round = 0; round < rounds; round++) {
      for (const worker of workers) await step(worker);
      for (const pair of pairs) await Promise.all(pair.map(step));
    }

    const [{ parameters }] = workers[0].answers;
    const finals = workers.map(({ answers }) => answers[rounds - 1]);
    for (const [i, { loss, parameters: count }] of finals.entries())
      if (count !== parameters || Math.abs(loss / finals[0].loss - 1) > 0.15)
        throw new Error(
          `${workers[i].name} trains something else: ${count} parameters, loss ${loss}; ours ${parameters}, ${finals[0].loss}.`,
        );

    console.log(
      `VAE ${SIDE}×${SIDE}, channels ${NETWORK.channels}, latent ${NETWORK.latent}, ${parameters} parameters, batch ${NETWORK.batch}; median of ${rounds} alternating rounds of ${STEPS} steps`,
    );
    for (const worker of workers)
      console.log(
        `${worker.name.padEnd(28)} ${worker.imagesPerSecond.toFixed(0).padStart(6)} images/s  ${worker.imagesPerCpuSecond.toFixed(0).padStart(6)} images/CPU-s  peak ${worker.peak.toFixed(0).padStart(5)} MiB`,
      );
    const best = (mine: boolean) =>
      workers
        .filter((worker) => worker.ours === mine)
        .reduce((a, b) => (b.imagesPerSecond > a.imagesPerSecond ? b : a));
    const [a, b] = [best(true), best(false)];
    const ratio = a.imagesPerSecond / b.imagesPerSecond;
    const together = pairs.map((pair) => pair.reduce((sum, w) => sum + w.imagesPerSecond, 0));
    for (const [i, pair] of pairs.entries())
      console.log(
        `two at once: ${pair[0].name.padEnd(28)} ${together[i].toFixed(0).padStart(6)} images/s`,
      );
    const machine =
      Math.max(together[0], a.imagesPerSecond) / Math.max(together[1], b.imagesPerSecond);
    console.log(
      `one process, best against best: ${ratio.toFixed(2)} × PyTorch, peak memory ${(a.peak / b.peak).toFixed(2)} ×`,
    );
    console.log(`whole machine, best against best: ${machine.toFixed(2)} × PyTorch`);
    console.log(
      JSON.stringify({
        bench: "vae",
        ratio,
        machineRatio: machine,
        twoAtOnce: { ours: together[0], pytorch: together[1] },
        memoryRatio: a.peak / b.peak,
        rows: workers.map((worker) => ({
          name: worker.name,
          imagesPerSecond: worker.imagesPerSecond,
          imagesPerCpuSecond: worker.imagesPerCpuSecond,
          peakMiB: worker.peak,
        })),
      }),
    );
  } finally {
    for (const worker of everybody) await worker.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

main().catch((error) => {
  console.error(error instanceof UserError ? error.message : error);
  process.exitCode = 1;
});
