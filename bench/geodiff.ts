// GeoDiff on real drug-like molecules against the same network in plain eager PyTorch, both at their
// best of 1 and 2 threads: training, sampling as the chains do it (the last 50 of 5,000 levels, where
// local forces alone count), and one evaluation of all forces near real conformers.
//   PYTORCH=/path/to/python COLLAPSE_LAB_DATA=… node --import tsx bench/geodiff.ts [ROUNDS [WIDTHS [THREADS]]]
// WIDTHS (128,32) and THREADS (1,2) are lists with commas: on a busy machine two threads take long.
// PYTORCH names a Python with torch and NumPy (pip install torch==2.13.0 numpy).
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "../lib/errors";
import { CHILD_FLAGS, childEnvironment } from "../lib/loop/childProcess";
import { type GeoDiffConfig, PAPER_GEODIFF } from "../lib/models/geodiff/config";
import { DRUGS_5000 } from "../lib/models/geodiff/schedule";
import { writeMolecules, writeWeights } from "./geodiff-data";
import type { Answer, Question, WorkerConfig } from "./geodiff-worker";
import { pytorch } from "./pytorch";
import { mebibytes, median, Worker } from "./worker";

const SHAPES: readonly GeoDiffConfig[] = [
  PAPER_GEODIFF,
  { ...PAPER_GEODIFF, width: 32, interactions: 3, layers: 2 },
];
const MOLECULES = 200;
const BATCH = 32;
/** Steps of the sampler, as in the paper. */
const CHAIN = 50;

/** Amounts of a round by width: about as long whatever the network. */
const amounts = ({ width }: GeoDiffConfig) => {
  const more = Math.max(1, Math.round(128 / width));
  return { train: 4 * more, conformers: 2 * BATCH * more, chain: CHAIN, forces: 2 * more };
};

class Rival extends Worker<Answer> {
  readonly #seconds = new Map<string, number[]>();
  peak = 0;

  async measure(name: string, question: Question, amount: number): Promise<void> {
    const { seconds, peak } = await this.ask<Answer>(question);
    this.#seconds.set(name, [...(this.#seconds.get(name) ?? []), amount / seconds]);
    this.peak = mebibytes(peak);
  }

  /** Conformers a second. */
  rate(name: string): number {
    return median(this.#seconds.get(name)!);
  }
}

async function compare(
  shape: GeoDiffConfig,
  rounds: number,
  threadCounts: readonly number[],
  folder: string,
  molecules: { path: string; molecules: number; atoms: number },
): Promise<void> {
  const python = pytorch();
  const weights = writeWeights(folder, shape);
  const config = (threads: number, microBatches = 1): WorkerConfig => ({
    threads,
    microBatches,
    model: shape,
    schedule: DRUGS_5000,
    batch: BATCH,
    learningRate: 1e-3,
    clip: 30_000,
    molecules: molecules.path,
    weights: weights.path,
    layout: weights.layout,
  });
  const name = (side: string, threads: number) =>
    `${side}, ${threads} thread${threads > 1 ? "s" : ""}`;
  const ours = (name: string, given: WorkerConfig) =>
    new Rival(
      name,
      true,
      [process.execPath, ...CHILD_FLAGS, join(__dirname, "geodiff-worker.ts")],
      given,
      childEnvironment(given.threads),
    );
  const workers = threadCounts.flatMap((threads) => [
    ours(name("ours", threads), config(threads)),
    // TensorFlow's threads share an operation; ours share a batch, or sample a batch each.
    ...(threads > 1 ? [ours(`ours, ${threads} micro-batches`, config(1, threads))] : []),
    new Rival(
      name("PyTorch", threads),
      false,
      [python, join(__dirname, "peers", "geodiff.py")],
      config(threads),
    ),
  ]);
  const { train, conformers, chain, forces } = amounts(shape);
  try {
    const checks: Answer[] = [];
    for (const worker of workers) checks.push(await worker.ask({ work: "check" }));
    for (const [i, { loss, parameters }] of checks.entries())
      if (parameters !== checks[0].parameters || !(Math.abs(loss! / checks[0].loss! - 1) < 1e-4))
        throw new Error(
          `${workers[i].name} computes something else: ${parameters} parameters, loss ${loss}; ours ${checks[0].parameters}, ${checks[0].loss}.`,
        );
    for (let round = -1; round < rounds; round++)
      for (const worker of workers) {
        const about = async (name: string, question: Question, amount: number) =>
          // The first round makes primitives and fills pools.
          round < 0
            ? void (await worker.ask(question))
            : await worker.measure(name, question, amount);
        await about("sampling", { work: "sample", conformers, steps: chain }, conformers * chain);
        await about("training", { work: "train", steps: train }, train * BATCH);
        await about("forces", { work: "forces", times: forces }, forces * BATCH);
      }

    console.log(
      `GeoDiff ${shape.width} wide, ${shape.interactions} interactions, ${shape.layers} layers, ${checks[0].parameters} parameters; batches of ${BATCH} of ${molecules.molecules} molecules of ${molecules.atoms.toFixed(1)} atoms; median of ${rounds} alternating rounds`,
    );
    const works = ["training", "sampling", "forces"] as const;
    const unit = { training: "conformers/s", sampling: "steps/s", forces: "evaluations/s" };
    for (const worker of workers)
      console.log(
        `${worker.name.padEnd(20)} ${works.map((work) => `${work} ${worker.rate(work).toFixed(0).padStart(6)} ${unit[work]}`).join("  ")}  peak ${worker.peak.toFixed(0).padStart(5)} MiB`,
      );
    const best = (mine: boolean, work: string) =>
      workers
        .filter(({ ours }) => ours === mine)
        .reduce((a, b) => (b.rate(work) > a.rate(work) ? b : a));
    const ratios = Object.fromEntries(
      works.map((work) => [work, best(true, work).rate(work) / best(false, work).rate(work)]),
    );
    const memoryRatio = best(true, "training").peak / best(false, "training").peak;
    console.log(
      `best against best: ${works.map((work) => `${work} ${ratios[work].toFixed(2)}`).join(", ")} × PyTorch, peak memory ${memoryRatio.toFixed(2)} ×`,
    );
    console.log(
      JSON.stringify({
        bench: "geodiff",
        width: shape.width,
        ratios,
        memoryRatio,
        rows: workers.map((worker) => ({
          name: worker.name,
          ...Object.fromEntries(works.map((work) => [work, worker.rate(work)])),
          peakMiB: worker.peak,
        })),
      }),
    );
  } finally {
    for (const worker of workers) await worker.close();
  }
}

async function main(): Promise<void> {
  const [rounds = "5", widths = "128,32", threads = "1,2"] = process.argv.slice(2);
  const numbers = (list: string) => list.split(",").map(Number);
  const folder = mkdtempSync(join(tmpdir(), "bench-geodiff-"));
  try {
    const molecules = await writeMolecules(folder, MOLECULES);
    for (const shape of SHAPES)
      if (numbers(widths).includes(shape.width))
        await compare(shape, Number(rounds), numbers(threads), folder, molecules);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

main().catch((error) => {
  console.error(error instanceof UserError ? error.message : error);
  process.exitCode = 1;
});
