import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadStories } from "../lib/data/text/index";
import { UserError } from "../lib/errors";
import { STORY_SCHEMA, storyBatch } from "../lib/experiments/language/stories";
import type { LanguageModelConfig } from "../lib/models/language/config";
import { exportHuggingFace } from "../lib/models/language/huggingFace";
import { languageModel } from "../lib/models/language/index";
import { END_OF_TEXT } from "../lib/models/language/packed";
import { BlockWriter } from "../lib/pool/blockWriter";
import { Streams } from "../lib/random/streams";
import type { Weights } from "../lib/store/weights";
import { trainBpe } from "../lib/tokenizer/index";

/** Stories of the grammar, where TinyStories is absent, and the tokens that these can give. */
const DRAWN = 4000;
const DRAWN_VOCABULARY = 1000;

export interface Encoded {
  readonly stories: readonly Uint16Array[];
  readonly description: string;
}

/** TinyStories with the given vocabulary, or the grammar's stories with a smaller one. */
export async function encodedStories(vocabulary: number, streams: Streams): Promise<Encoded> {
  const load = async () => {
    try {
      const counts = { train: "all", validation: 1 } as const;
      return { real: true, ...(await loadStories("tinystories", counts, streams)) };
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      console.log(`Stories of the grammar, because TinyStories is not to be had: ${error.message}`);
      const counts = { train: DRAWN, validation: 1 };
      return { real: false, ...(await loadStories("grammar", counts, streams)) };
    }
  };
  const { real, train, description } = await load();
  const size = real ? vocabulary : DRAWN_VOCABULARY;
  const tokenizer = await trainBpe(train(), size);
  const stories: Uint16Array[] = [];
  for await (const text of train())
    stories.push(Uint16Array.of(...tokenizer.encode(text), END_OF_TEXT));
  return { stories, description: `${description}, ${size} tokens` };
}

/** The stories one behind the other, cut into pieces of one length. */
export function pieces(stories: readonly Uint16Array[], length: number): Uint16Array[] {
  const all = Uint16Array.from(stories.flatMap((story) => [...story]));
  return Array.from({ length: Math.floor(all.length / length) }, (_, i) =>
    all.subarray(i * length, (i + 1) * length),
  );
}

/** Where both sides find the same stories, in the same order, and the same first weights. */
export interface Files {
  /** Of the pool, for us. */
  readonly block: string;
  /** Tokens (uint16), where stories begin and end in them, and the order of training (int32). */
  readonly tokens: string;
  readonly offsets: string;
  readonly order: string;
}

/** @param streams those of the fit, which orders the stories by them */
export function writeStories(
  folder: string,
  stories: readonly Uint16Array[],
  streams: Streams,
): Files {
  mkdirSync(folder);
  const batch = storyBatch(stories);
  const block = join(folder, "block");
  const writer = BlockWriter.create(block, STORY_SCHEMA);
  writer.append(batch);
  writer.finish();
  const { data, offsets } = batch.columns.tokens as { data: Uint16Array; offsets: Float64Array };
  const file = (name: string, content: Uint16Array | Int32Array) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const order = streams.get("batch-order").at(0).permutation(stories.length);
  return {
    block,
    tokens: file("tokens", data),
    offsets: file("offsets", Int32Array.from(offsets)),
    order: file("order", Int32Array.from(order)),
  };
}

/** The weights that a fit with these streams begins with, in safetensors. */
export function writeWeights(
  folder: string,
  model: LanguageModelConfig,
  weights: Weights = firstWeights(model),
): string {
  exportHuggingFace(folder, model, weights);
  return join(folder, "model.safetensors");
}

export const firstWeights = (model: LanguageModelConfig, streams = Streams.ofSeed(0)): Weights =>
  languageModel(model).initial(streams.get("init"));

/** Fresh weights, but for stories that end after `tokens` tokens on average. */
export function endingWeights(model: LanguageModelConfig, tokens: number): Weights {
  const weights = firstWeights(model);
  // What comes out of the last norm leans towards the row of the end, which all else hardly notices.
  const end = (weights["transformer.wte.weight"].data as Float32Array).subarray(0, model.width);
  const square = end.reduce((sum, x) => sum + x * x, 0);
  const lean = Math.log(model.vocabulary / tokens) / square;
  const bias = weights["transformer.ln_f.bias"].data as Float32Array;
  for (let i = 0; i < bias.length; i++) bias[i] = lean * end[i];
  return weights;
}
