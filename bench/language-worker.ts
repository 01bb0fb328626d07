// Our side of bench/language.ts: the language task's own fit on a pool on disk, so many steps at a
// time, or its sampler. Speaks the protocol of bench/peers/language.py.

import { readFileSync } from "node:fs";
import type { Precision } from "../lib/engine/bfloat16";
import { loadCoreOnly } from "../lib/engine/coreOnly";
import { engine } from "../lib/engine/load";
import { languageConfig } from "../lib/experiments/language/config";
import { fit } from "../lib/experiments/language/fit";
import { sample } from "../lib/experiments/language/sample";
import { storiesIn } from "../lib/experiments/language/stories";
import { standaloneContext } from "../lib/loop/standaloneContext";
import type { LanguageModelConfig } from "../lib/models/language/config";
import { languageModel } from "../lib/models/language/index";
import { DiskBlock } from "../lib/pool/diskBlock";
import { poolOf } from "../lib/pool/pool";
import type { View } from "../lib/pool/view";
import { viewOf } from "../lib/pool/viewOf";
import { Stream } from "../lib/random/stream";
import { Streams } from "../lib/random/streams";
import { decodeSafetensors } from "../lib/store/safetensors";
import { matmulSpeed, products } from "./language-products";
import { peakMemory } from "./memory";
import { questions } from "./questions";

export interface WorkerConfig {
  readonly workload: "train" | "stories" | "sampling";
  readonly model: LanguageModelConfig;
  /** Per TensorFlow operation. */
  readonly threads: number;
  /** Threads that share a batch, or the stories that are drawn at once. */
  readonly microBatches: number;
  readonly precision: Precision;
  readonly matmulSize: number;
  readonly batch: number;
  readonly learningRate: number;
  readonly weightDecay: number;
  readonly block: string;
  /** Weights to sample from, and how: stories at once, and tokens of each at most. */
  readonly weights: string;
  readonly stories: number;
  readonly newTokens: number;
}

export interface Answer {
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** Real tokens, trained on or sampled. */
  readonly tokens: number;
  /** Of training: nats per token, mean over steps. */
  readonly loss?: number;
  readonly parameters: number;
  readonly peak: number;
}

const say = (value: unknown): void => console.log(JSON.stringify(value));

async function main(): Promise<void> {
  const next = questions();
  const config = (await next()) as WorkerConfig;
  engine({ threads: config.threads });
  /** The next number that is asked for; what else is asked is answered on the way. */
  const number = async (): Promise<number> => {
    for (;;) {
      const question = await next();
      if (typeof question === "number") return question;
      if (question === "matmul") say({ peak: matmulSpeed(config.matmulSize) });
      else say({ seconds: products(config.model, (question as { length: number }).length) });
    }
  };
  await (config.workload === "sampling" ? sampling : train)(config, number);
}

async function sampling(config: WorkerConfig, number: () => Promise<number>): Promise<void> {
  const { microBatches, stories, precision, model: shape } = config;
  const { vocabulary, ...model } = shape;
  const { weights } = decodeSafetensors(readFileSync(config.weights), config.weights);
  const { parameterCount } = languageModel(shape);
  const task = languageConfig.parse({
    data: { dataset: "grammar", trainItems: "all", testItems: 1, vocabulary },
    // A story ends with the context, so a short one makes all of them as long as is wanted.
    model: { ...model, context: config.newTokens, precision },
    training: { epochs: 1 },
  });
  for (let round = 0; ; round++) {
    const count = (await number()) * stories;
    const watch = new Watch();
    const context = standaloneContext(Streams.ofSeed(round), { threads: microBatches });
    let tokens = 0;
    for await (const batch of sample(task, weights, count, context, stories / microBatches))
      for (const story of storiesIn(batch)) tokens += story.length;
    say({ ...watch.read(), tokens, parameters: parameterCount, peak: peakMemory() });
  }
}

/** Seconds and processor seconds since it was made. */
class Watch {
  readonly #begin = performance.now();
  readonly #cpu = process.cpuUsage();

  read(): Pick<Answer, "seconds" | "cpuSeconds"> {
    const { user, system } = process.cpuUsage(this.#cpu);
    return {
      seconds: (performance.now() - this.#begin) / 1000,
      cpuSeconds: (user + system) / 1e6,
    };
  }
}

async function train(config: WorkerConfig, number: () => Promise<number>): Promise<void> {
  const { block, batch, microBatches, learningRate, weightDecay, precision, model: shape } = config;
  const { vocabulary, ...model } = shape;
  const pool = poolOf(new Map([[1, DiskBlock.open(block)]]));
  const whole = viewOf({ parts: [{ block: 1 }], produce: 0 }, pool, new Stream(["view"]));
  let tokens = 0;
  const view: View = {
    schema: whole.schema,
    length: whole.length,
    gather(indices) {
      const found = whole.gather(indices);
      for (const story of storiesIn(found)) tokens += story.length;
      return found;
    },
    range: (from, to) => whole.range(from, to),
    provenance: (i) => whole.provenance(i),
    counts: () => whole.counts(),
    weight: (i) => whole.weight(i),
  };
  // More epochs than any measurement needs.
  const task = languageConfig.parse({
    data: { dataset: "grammar", trainItems: "all", testItems: 1, vocabulary },
    model: { ...model, precision },
    training: {
      ...{ epochs: 1000, batchSize: batch, microBatches, learningRate, weightDecay },
      schedule: { kind: "constant" },
      curve: { evaluations: 0 },
    },
  });
  const parameters = languageModel(shape).parameterCount;

  let left = await number();
  let steps = left;
  let losses = 0;
  let watch = new Watch();
  await fit(
    task,
    view,
    standaloneContext(Streams.ofSeed(0), {
      threads: microBatches,
      async progress(_done, _total, values) {
        losses += values?.loss ?? Number.NaN;
        if (--left > 0) return;
        say({ ...watch.read(), tokens, loss: losses / steps, parameters, peak: peakMemory() });
        left = steps = await number();
        losses = 0;
        tokens = 0;
        watch = new Watch();
      },
    }),
  );
}

loadCoreOnly();
void main();
