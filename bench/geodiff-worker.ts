// Our side of bench/geodiff.ts. Speaks the protocol of bench/peers/geodiff.py.

import { readFileSync } from "node:fs";
import { loadCoreOnly } from "../lib/engine/coreOnly";
import { engine } from "../lib/engine/load";
import { globalNorm } from "../lib/engine/norm";
import { DataParallel } from "../lib/engine/parallel/dataParallel";
import { WorkerPool } from "../lib/engine/parallel/workerPool";
import { Parameters } from "../lib/engine/parameters";
import type { Range } from "../lib/experiments/mapRanges";
import {
  type ConformerSamplerConfig,
  conformerSampler,
} from "../lib/experiments/molecules/conformerSampler";
import { microBatches, moleculeGradients } from "../lib/experiments/molecules/gradients";
import type { ConformerSample } from "../lib/experiments/molecules/sampleWithRetries";
import type { GeoDiffConfig } from "../lib/models/geodiff/config";
import { batchGraph, type Graph3D } from "../lib/models/geodiff/graph";
import { geoDiff } from "../lib/models/geodiff/index";
import { GeoDiffAdam } from "../lib/models/geodiff/optimiser";
import { samplerOptions } from "../lib/models/geodiff/samplerOptions";
import {
  antitheticLevels,
  noiseSchedule,
  type ScheduleConfig,
} from "../lib/models/geodiff/schedule";
import { Stream } from "../lib/random/stream";
import { clipByGlobalNorm } from "../lib/training/clip";
import type { BenchMolecule, Layout } from "./geodiff-data";
import { peakMemory } from "./memory";
import { questions } from "./questions";

export interface WorkerConfig {
  /** Per TensorFlow operation. */
  readonly threads: number;
  /** Pieces of a training batch, and batches sampled in parallel, each on a thread of its own. */
  readonly microBatches: number;
  readonly model: GeoDiffConfig;
  readonly schedule: ScheduleConfig;
  readonly batch: number;
  readonly learningRate: number;
  readonly clip: number;
  readonly molecules: string;
  readonly weights: string;
  readonly layout: Layout;
}

/** Some work and its amount: training steps, sampled conformers, network evaluations. */
export type Question =
  | { readonly work: "check" }
  | { readonly work: "train"; readonly steps: number }
  | Sampling
  | { readonly work: "forces"; readonly times: number };

export interface Sampling {
  readonly work: "sample";
  readonly conformers: number;
  readonly steps: number;
}

export interface Answer {
  readonly seconds: number;
  readonly parameters: number;
  readonly peak: number;
  /** Of "check": the loss of the first batch with the first weights and the noise sin(1), sin(2) …. */
  readonly loss?: number;
}

function load({ weights, layout }: WorkerConfig) {
  const bytes = readFileSync(weights);
  let at = 0;
  return Object.fromEntries(
    layout.map(([name, shape]) => {
      const size = shape.reduce((a, b) => a * b, 1);
      const data = new Float32Array(
        bytes.buffer.slice(bytes.byteOffset + at, bytes.byteOffset + at + 4 * size),
      );
      at += 4 * size;
      return [name, { shape, data }];
    }),
  );
}

async function main(): Promise<void> {
  const next = questions();
  const config = (await next()) as WorkerConfig;
  const { tf } = engine({ threads: config.threads });
  const molecules = JSON.parse(readFileSync(config.molecules, "utf8")) as BenchMolecule[];
  const graphs = molecules.map(
    ({ atomicNumbers, low, high, types }): Graph3D => ({
      atomicNumbers: Uint8Array.from(atomicNumbers),
      low: Int32Array.from(low),
      high: Int32Array.from(high),
      types: Uint8Array.from(types),
    }),
  );
  const schedule = noiseSchedule(config.schedule);
  const model = geoDiff(config.model);
  const parameters = new Parameters(load(config));
  const adam = new GeoDiffAdam(parameters);
  const dataParallel = new DataParallel(
    moleculeGradients,
    config.model,
    parameters,
    config.microBatches,
  );
  const random = new Stream(["bench"]);
  let step = 0;

  const positionsOf = (items: number[]) =>
    Float64Array.from(items.flatMap((i) => molecules[i].positions));
  const first = {
    batch: batchGraph(graphs.slice(0, config.batch)),
    positions: positionsOf([...graphs.keys()].slice(0, config.batch)),
  };

  function train(): void {
    const items = random.at("items", step).subset(molecules.length, config.batch);
    const positions = positionsOf([...items]);
    const noise = random.at("noise", step).normals(new Float32Array(positions.length));
    const levels = antitheticLevels(schedule.steps, config.batch, random.at("levels", step++));
    const sigma = Float64Array.from(levels, (t) => schedule.sigma[t]);
    const batch = microBatches(
      [...items].map((i) => graphs[i]),
      { positions, noise, sigma },
      config.microBatches,
    );
    const { gradients } = dataParallel.step(batch);
    const norm = globalNorm(Object.values(gradients));
    const clipped = clipByGlobalNorm(gradients, norm, config.clip);
    adam.apply(clipped, config.learningRate);
    tf.dispose(clipped);
  }

  let pool: WorkerPool<ConformerSamplerConfig, Range, ConformerSample[]> | undefined;

  /** Batches of conformers of the molecules in turn, sequentially or each on a thread. */
  async function sample({ conformers, steps }: Sampling): Promise<void> {
    const sampler: ConformerSamplerConfig = {
      model: config.model,
      noiseSchedule: config.schedule,
      sampling: samplerOptions.parse({ steps }),
      requests: Array.from({ length: conformers }, (_, i) => ({
        graph: graphs[i % graphs.length],
        stream: random.at("conformer", i).path,
        name: `conformer ${i}`,
      })),
    };
    const ranges = Array.from(
      { length: conformers / config.batch },
      (_, k): Range => ({
        from: k * config.batch,
        count: config.batch,
      }),
    );
    if (config.microBatches > 1) {
      // The same requests every time, and threads that exist since the warm-up round.
      pool ??= new WorkerPool(conformerSampler, sampler, load(config), config.microBatches);
      await Promise.all(ranges.map((range) => pool!.run(range)));
      return;
    }
    const run = conformerSampler.prepare(sampler);
    const values = parameters.read();
    for (const range of ranges) await run(values, range, async () => {});
    tf.dispose(values);
  }

  async function work(question: Question): Promise<number | undefined> {
    if (question.work === "train") {
      for (let k = 0; k < question.steps; k++) train();
      return;
    }
    if (question.work === "sample") return void (await sample(question));
    const values = parameters.read();
    try {
      if (question.work === "check") {
        const { batch, positions } = first;
        const noise = positions.map((_, i) => Math.sin(i + 1));
        const sigma = batch.graphs.map(
          (_, m) =>
            schedule.sigma[Math.floor((schedule.steps * (m + 1)) / (batch.graphs.length + 1))],
        );
        const { global, local } = model.loss(values, { ...batch, positions, noise, sigma });
        return global + local;
      }
      for (let k = 0; k < question.times; k++) {
        const { batch, positions } = first;
        const noise = random.at("near", k).normals(new Float64Array(positions.length));
        model.forces(
          values,
          batch,
          positions.map((x, i) => x + 0.1 * noise[i]),
        );
      }
    } finally {
      tf.dispose(values);
    }
    return;
  }

  for (;;) {
    const question = (await next()) as Question;
    const begin = performance.now();
    const loss = await work(question);
    const answer: Answer = {
      seconds: (performance.now() - begin) / 1000,
      parameters: model.parameterCount,
      peak: peakMemory(),
      ...(loss !== undefined && { loss }),
    };
    console.log(JSON.stringify(answer));
  }
}

loadCoreOnly();
void main();
