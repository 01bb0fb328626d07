// What the benchmarks of image VAEs have in common: alternating rounds of steps, and the report.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { imagesTask } from "../lib/experiments/images/task";
import { BlockWriter } from "../lib/pool/blockWriter";
import { mebibytes, median, Worker } from "./worker";

/** Images, the same for both sides: as a block of the pool and as raw bytes. */
export function writeImages(
  folder: string,
  config: { readonly data: object; readonly model: object },
  length: number,
  pixels: Uint8Array,
): { block: string; images: string } {
  const [block, images] = [join(folder, "block"), join(folder, "images")];
  const parsed = imagesTask.config.parse({ ...config, training: { epochs: 1 } });
  const writer = BlockWriter.create(block, imagesTask.schema(parsed));
  writer.append({ length, columns: { pixels: { data: pixels } } });
  writer.finish();
  writeFileSync(images, pixels);
  return { block, images };
}

interface Answer {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly loss: number;
  readonly parameters: number;
  readonly peak: number;
}

/** A process that trains an image VAE, ours or PyTorch's, some steps at a time. */
export class VaeRival extends Worker<Answer> {
  imagesPerSecond(images: number): number {
    return median(this.answers.map(({ seconds }) => images / seconds));
  }

  imagesPerCpuSecond(images: number): number {
    return median(this.answers.map(({ cpuSeconds }) => images / cpuSeconds));
  }

  get peak(): number {
    return mebibytes(Math.max(...this.answers.map(({ peak }) => peak)));
  }
}

export interface VaeComparison {
  /** Name in the record that is printed last. */
  readonly bench: string;
  readonly title: string;
  /** Images of a step. */
  readonly batch: number;
  readonly warmUp: number;
  readonly steps: number;
  readonly rounds: number;
  /** One after another. */
  readonly workers: readonly VaeRival[];
  /** Each pair at once, ours first: the loop trains a chain a core. */
  readonly pairs: readonly (readonly VaeRival[])[];
}

/** Runs all rounds and prints throughput, memory and ratios. */
export async function compareVaes(comparison: VaeComparison): Promise<void> {
  const { bench, title, batch, warmUp, steps, rounds, workers, pairs } = comparison;
  const images = steps * batch;
  const everybody = [...workers, ...pairs.flat()];
  const step = (worker: VaeRival) => worker.round(steps);
  try {
    for (const worker of everybody) await worker.ask(warmUp);
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
      `${title}, ${parameters} parameters, batch ${batch}; median of ${rounds} alternating rounds of ${steps} steps`,
    );
    for (const worker of workers)
      console.log(
        `${worker.name.padEnd(38)} ${worker.imagesPerSecond(images).toFixed(0).padStart(6)} images/s  ${worker.imagesPerCpuSecond(images).toFixed(0).padStart(6)} images/CPU-s  peak ${worker.peak.toFixed(0).padStart(5)} MiB`,
      );
    const best = (mine: boolean) =>
      workers
        .filter((worker) => worker.ours === mine)
        .reduce((a, b) => (b.imagesPerSecond(images) > a.imagesPerSecond(images) ? b : a));
    const [a, b] = [best(true), best(false)];
    const ratio = a.imagesPerSecond(images) / b.imagesPerSecond(images);
    const together = pairs.map((pair) =>
      pair.reduce((sum, worker) => sum + worker.imagesPerSecond(images), 0),
    );
    for (const [i, pair] of pairs.entries())
      console.log(
        `two at once: ${pair[0].name.padEnd(38)} ${together[i].toFixed(0).padStart(6)} images/s`,
      );
    const machine =
      Math.max(together[0], a.imagesPerSecond(images)) /
      Math.max(together[1], b.imagesPerSecond(images));
    console.log(
      `one process, best against best: ${ratio.toFixed(2)} × PyTorch, peak memory ${(a.peak / b.peak).toFixed(2)} ×`,
    );
    console.log(`whole machine, best against best: ${machine.toFixed(2)} × PyTorch`);
    console.log(
      JSON.stringify({
        bench,
        ratio,
        machineRatio: machine,
        twoAtOnce: { ours: together[0], pytorch: together[1] },
        memoryRatio: a.peak / b.peak,
        rows: workers.map((worker) => ({
          name: worker.name,
          imagesPerSecond: worker.imagesPerSecond(images),
          imagesPerCpuSecond: worker.imagesPerCpuSecond(images),
          peakMiB: worker.peak,
        })),
      }),
    );
  } finally {
    for (const worker of everybody) await worker.close();
  }
}
