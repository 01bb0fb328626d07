import { join } from "node:path";
import type { Precision } from "../lib/engine/bfloat16";
import { CHILD_FLAGS, childEnvironment } from "../lib/loop/childProcess";
import type { LanguageModelConfig } from "../lib/models/language/config";
import type { Answer } from "./language-worker";
import { pytorch } from "./pytorch";
import { mebibytes, median, Worker } from "./worker";

export type { Files } from "./language-data";

/** What all workloads share. */
export interface Contest {
  readonly rounds: number;
  /** That both sides must have. */
  readonly parameters: number;
  readonly config: { readonly model: LanguageModelConfig } & Readonly<Record<string, unknown>>;
}

export interface Workload {
  readonly workload: "train" | "stories" | "sampling";
  readonly title: string;
  readonly precision: Precision;
  /** PyTorch's ways to run it. Default: eager and compiled, and for bfloat16 both under autocast too. */
  readonly modes?: readonly Mode[];
  /** What a worker is asked for in a round: steps, or sets of stories. */
  readonly question: number;
  /** FLOPs that a token needs, where their share of the processor's peak is wanted. */
  readonly flops?: number;
  /** Tokens of each sequence, where that share is wanted. */
  readonly length?: number;
  /** By how much the sides' counts of tokens may differ: not at all, unless chance has a part. */
  readonly tolerance?: number;
  readonly config: Readonly<Record<string, unknown>>;
}

/** How a careful user runs PyTorch on a CPU. */
const MODES = {
  eager: {},
  compile: { compile: true },
  autocast: { autocast: true },
  both: { compile: true, autocast: true },
} as const;
export type Mode = keyof typeof MODES;
const NAMES: Readonly<Record<Mode, string>> = {
  eager: "eager",
  compile: "compiled",
  autocast: "autocast",
  both: "compiled, autocast",
};
const FLOAT32_MODES: readonly Mode[] = ["eager", "compile"];
const ALL_MODES: readonly Mode[] = ["eager", "compile", "autocast", "both"];

/** Both losses come from the same weights and tokens, so they differ by rounding alone. */
const LOSS_TOLERANCE: Record<Precision, number> = { float32: 2e-3, bfloat16: 2e-2 };

const tokensPerSecond = ({ answers }: Worker<Answer>): number =>
  median(answers.map(({ tokens, seconds }) => tokens / seconds));
const tokensPerCpuSecond = ({ answers }: Worker<Answer>): number =>
  median(answers.map(({ tokens, cpuSeconds }) => tokens / cpuSeconds));
const peak = ({ answers }: Worker<Answer>): number =>
  mebibytes(Math.max(...answers.map(({ peak }) => peak)));

/** Runs one workload on both sides, in turn, and prints what came of it. */
export async function rival(contest: Contest, workload: Workload): Promise<void> {
  const { precision, question, title } = workload;
  const python = pytorch();
  const common = { ...contest.config, ...workload.config, workload: workload.workload, precision };
  const ours = (name: string, threads: number, microBatches: number) =>
    new Worker<Answer>(
      `ours, ${name}`,
      true,
      [process.execPath, ...CHILD_FLAGS, join(__dirname, "language-worker.ts")],
      { ...common, threads, microBatches },
      childEnvironment(threads),
    );
  const theirs = (threads: number, mode: Mode) =>
    new Worker<Answer>(
      `PyTorch ${NAMES[mode]}, ${named(threads)}`,
      false,
      [python, join(__dirname, "peers", "language.py")],
      { ...common, threads, ...MODES[mode] },
      { OMP_NUM_THREADS: String(threads) },
    );
  const modes = workload.modes ?? (precision === "float32" ? FLOAT32_MODES : ALL_MODES);
  const workers = [1, 2].flatMap((threads) => [
    ours(named(threads), threads, 1),
    ...modes.map((mode) => theirs(threads, mode)),
  ]);
  // TensorFlow's two threads share an operation; two of ours share a batch.
  workers.push(ours("2 threads, 2 micro-batches", 1, 2));
  try {
    // The first round warms up, and shows that all compute the same.
    const first: Answer[] = [];
    for (const worker of workers) first.push(await worker.ask<Answer>(question));
    compare(workers, first, contest.parameters, workload);
    for (let round = 0; round < contest.rounds; round++)
      for (const worker of workers) await worker.round(question);

    console.log(
      `\nGPT-2, ${contest.parameters} parameters: ${title}, products in ${precision}; median of ${contest.rounds} alternating rounds`,
    );
    for (const worker of workers) {
      const rates = [tokensPerSecond(worker), tokensPerCpuSecond(worker)].map((rate) =>
        rate.toFixed(0).padStart(6),
      );
      console.log(
        `${worker.name.padEnd(38)} ${rates[0]} tokens/s  ${rates[1]} tokens/CPU-s  peak ${peak(worker).toFixed(0).padStart(5)} MiB`,
      );
    }
    const [mine, peer] = [best(workers, true), best(workers, false)];
    const ratio = tokensPerSecond(mine) / tokensPerSecond(peer);
    const memoryRatio = peak(mine) / peak(peer);
    console.log(
      `best against best: ${ratio.toFixed(2)} × PyTorch, peak memory ${memoryRatio.toFixed(2)} ×`,
    );
    const { flops, length } = workload;
    const shares: Record<string, unknown> = {};
    if (flops && length)
      for (const worker of [mine, peer])
        shares[worker.name] = await share(worker, flops, worker === mine ? length : undefined);
    console.log(
      JSON.stringify({
        bench: `language-${workload.workload}`,
        precision,
        ratio,
        memoryRatio,
        ...(flops && { shares }),
        rows: workers.map((worker) => ({
          name: worker.name,
          tokensPerSecond: tokensPerSecond(worker),
          tokensPerCpuSecond: tokensPerCpuSecond(worker),
          peakMiB: peak(worker),
        })),
      }),
    );
  } finally {
    for (const worker of workers) await worker.close();
  }
}

const named = (threads: number): string => `${threads} thread${threads > 1 ? "s" : ""}`;

/** How near a worker's training is to the fastest large product in its own process. */
async function share(worker: Worker<Answer>, flops: number, length?: number) {
  const { peak } = await worker.ask<{ peak: number }>("matmul");
  const rate = tokensPerSecond(worker) * flops;
  const giga = (x: number) => (x / 1e9).toFixed(0);
  console.log(
    `${worker.name}: ${giga(rate)} GFLOP/s of the ${giga(peak)} that its large products reach, ${((100 * rate) / peak).toFixed(0)} %`,
  );
  if (length === undefined) return { flops: rate, peak };
  // A sequence's products, each alone, against a sequence of training.
  const { seconds } = await worker.ask<{ seconds: number }>({ length });
  const products = (seconds * tokensPerSecond(worker)) / length;
  const ideal = (length * flops) / peak / seconds;
  console.log(
    `  its products alone, at their own sizes, take ${(100 * products).toFixed(0)} % of a step (at the large ones' speed ${(100 * products * ideal).toFixed(0)} %); the rest is everything else`,
  );
  return { flops: rate, peak, productsShareOfStep: products };
}

function best(workers: readonly Worker<Answer>[], ours: boolean): Worker<Answer> {
  return workers
    .filter((worker) => worker.ours === ours)
    .reduce((a, b) => (tokensPerSecond(b) > tokensPerSecond(a) ? b : a));
}

function compare(
  workers: readonly Worker<Answer>[],
  answers: readonly Answer[],
  parameters: number,
  { precision, tolerance = 0 }: Workload,
): void {
  answers.forEach((answer, i) => {
    const { name } = workers[i];
    if (answer.parameters !== parameters)
      throw new Error(`${name} has ${answer.parameters} parameters, not ${parameters}.`);
    const [{ loss, tokens }] = answers;
    if (!(Math.abs(answer.tokens - tokens) <= tolerance * tokens))
      throw new Error(`${name} did ${answer.tokens} tokens, ours ${tokens}.`);
    if (loss === undefined || answer.loss === undefined) return;
    if (!(Math.abs(answer.loss - loss) <= LOSS_TOLERANCE[precision] * loss))
      throw new Error(`${name} has a loss of ${answer.loss}, ours of ${loss}.`);
  });
}
