// Our side of bench/geodiff.ts. Speaks the protocol of bench/peers/geodiff.py.

import { readFileSync } from "node:fs";
import { engine } from "../lib/engine/load";
import { Parameters } from "../lib/engine/parameters";
import { tidy } from "../lib/engine/tidy";
import type { GeoDiffConfig } from "../lib/models/geodiff/config";
import { batchGraph, type Graph3D } from "../lib/models/geodiff/graph";
import { geoDiff } from "../lib/models/geodiff/index";
import { GeoDiffAdam } from "../lib/models/geodiff/optimiser";
import { sampleConformers } from "../lib/models/geodiff/sampler";
import { samplerOptions } from "../lib/models/geodiff/samplerOptions";
import {
  antitheticLevels,
  noiseSchedule,
  type ScheduleConfig,
} from "../lib/models/geodiff/schedule";
import { Stream } from "../lib/random/stream";
import type { BenchMolecule, Layout } from "./geodiff-data";
import { peakMemory } from "./memory";
import { questions } from "./questions";

export interface WorkerConfig {
  readonly threads: number;
  readonly model: GeoDiffConfig;
  readonly schedule: ScheduleConfig;
  readonly batch: number;
  readonly learningRate: number;
  readonly clip: number;
  readonly molecules: string;
  readonly weights: string;
  readonly layout: Layout;
}

/** Some work, and of it so much: training steps, sampled conformers, network evaluations. */
export type Question =
  | { readonly work: "check" }
  | { readonly work: "train"; readonly steps: number }
  | { readonly work: "sample"; readonly conformers: number; readonly steps: number }
  | { readonly work: "forces"; readonly times: number };

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
  const adam = new GeoDiffAdam(parameters, { clip: config.clip });
  const random = new Stream(["bench"]);
  let step = 0;

  const batchOf = (items: number[]) => ({
    batch: batchGraph(items.map((i) => graphs[i])),
    positions: Float64Array.from(items.flatMap((i) => molecules[i].positions)),
  });
  const first = batchOf([...graphs.keys()].slice(0, config.batch));

  function train(): void {
    const items = random.at("items", step).subset(molecules.length, config.batch);
    const { batch, positions } = batchOf([...items]);
    const noise = random.at("noise", step).normals(new Float32Array(positions.length));
    const levels = antitheticLevels(schedule.steps, config.batch, random.at("levels", step++));
    const sigma = Float64Array.from(levels, (t) => schedule.sigma[t]);
    const values = parameters.read();
    const { gradients } = tidy(() =>
      model.lossAndGradients(values, batch, { positions, noise, sigma }),
    );
    tf.dispose(values);
    adam.apply(gradients, config.learningRate);
    tf.dispose(gradients);
  }

  function work(question: Question): number | undefined {
    if (question.work === "train") {
      for (let k = 0; k < question.steps; k++) train();
      return;
    }
    const values = parameters.read();
    try {
      if (question.work === "check") {
        const { batch, positions } = first;
        const noise = positions.map((_, i) => Math.sin(i + 1));
        const sigma = batch.graphs.map(
          (_, m) =>
            schedule.sigma[Math.floor((schedule.steps * (m + 1)) / (batch.graphs.length + 1))],
        );
        const { global, local } = model.loss(values, batch, { positions, noise, sigma });
        return global + local;
      }
      if (question.work === "forces")
        for (let k = 0; k < question.times; k++) {
          const { batch, positions } = first;
          const noise = random.at("near", k).normals(new Float64Array(positions.length));
          model.forces(
            values,
            batch,
            positions.map((x, i) => x + 0.1 * noise[i]),
          );
        }
      else {
        const wanted = Array.from({ length: question.conformers }, (_, i) => i % graphs.length);
        const options = samplerOptions.parse({ steps: question.steps });
        sampleConformers(
          model,
          values,
          schedule,
          wanted.map((i) => graphs[i]),
          options,
          wanted.map((_, i) => random.at("conformer", i)),
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
    const loss = work(question);
    const answer: Answer = {
      seconds: (performance.now() - begin) / 1000,
      parameters: model.parameterCount,
      peak: peakMemory(),
      ...(loss !== undefined && { loss }),
    };
    console.log(JSON.stringify(answer));
  }
}

void main();
