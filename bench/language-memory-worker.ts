// One question of bench/language-memory.ts: trains for many steps or samples many stories, and says
// how much memory was resident on the way.
import { readFileSync } from "node:fs";
import { loadCoreOnly } from "../lib/engine/coreOnly";
import { engine } from "../lib/engine/load";
import { alive } from "../lib/engine/memory";
import { languageConfig } from "../lib/experiments/language/config";
import { fit } from "../lib/experiments/language/fit";
import { sample } from "../lib/experiments/language/sample";
import { STORY_SCHEMA, storyBatch } from "../lib/experiments/language/stories";
import { standaloneContext } from "../lib/loop/standaloneContext";
import type { LanguageModelConfig } from "../lib/models/language/config";
import type { View } from "../lib/pool/view";
import { Stream } from "../lib/random/stream";
import { Streams } from "../lib/random/streams";
import { decodeSafetensors } from "../lib/store/safetensors";
import { peakMemory } from "./memory";
import { questions } from "./questions";

export interface MemoryQuestion {
  readonly model: LanguageModelConfig;
  /** Steps to train for, or … */
  readonly train?: number;
  /** … stories to sample, from these weights. */
  readonly sample?: number;
  readonly weights?: string;
}

export interface MemoryAnswer {
  /** Bytes, after each tenth of the steps or each batch of stories. */
  readonly resident: number[];
  /** Tensors alive at the end, more than after the first of these. */
  readonly tensors: number;
  readonly peak: number;
  readonly tokens: number;
  readonly seconds: number;
}

const BATCH = 8;

const context = standaloneContext(Streams.ofSeed(0));

async function main(): Promise<void> {
  const next = questions();
  await next();
  const { model, train, sample: count, weights } = (await next()) as MemoryQuestion;
  const { vocabulary, ...shape } = model;
  const resident: number[] = [];
  const tensors: number[] = [];
  const look = () => {
    resident.push(process.memoryUsage().rss);
    tensors.push(alive().native);
  };
  let tokens = 0;
  engine();
  const begin = performance.now();
  const config = (epochs: number) =>
    languageConfig.parse({
      data: { dataset: "grammar", trainItems: "all", testItems: 1, vocabulary },
      model: shape,
      training: { epochs, batchSize: BATCH, curve: { evaluations: 0 } },
    });
  if (train)
    await fit(config(train), varied(model), {
      ...context,
      async progress(done) {
        if (done % Math.ceil(train / 10) === 0) look();
      },
    });
  if (count && weights) {
    const { weights: given } = decodeSafetensors(readFileSync(weights), weights);
    for await (const batch of sample(config(1), given, count, context)) {
      const { offsets } = batch.columns.tokens as { offsets: Float64Array };
      tokens += offsets[batch.length];
      look();
    }
  }
  const answer: MemoryAnswer = {
    resident,
    tensors: tensors[tensors.length - 1] - tensors[0],
    peak: peakMemory(),
    tokens,
    seconds: (performance.now() - begin) / 1000,
  };
  console.log(JSON.stringify(answer));
}

/** One batch an epoch, of stories of 1 to all tokens of the context, others each time. */
function varied({ vocabulary, context: most }: LanguageModelConfig): View {
  const stream = new Stream(["varied"]);
  const gather = (indices: ArrayLike<number>) =>
    storyBatch(
      Array.from(indices, () => {
        const length = 1 + stream.integer(most);
        return Uint16Array.from({ length }, () => stream.integer(vocabulary));
      }),
    );
  return {
    schema: STORY_SCHEMA,
    length: BATCH,
    gather,
    range: (from, to) => gather({ length: to - from }),
    provenance: (index) => ({ block: 1, index }),
    weight: () => 1,
    counts: () => new Map([["1", BATCH]]),
  };
}

loadCoreOnly();
void main();
