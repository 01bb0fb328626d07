import { loadStories } from "../../data/text/index";
import { precisionEnvironment } from "../../engine/load";
import { withReadableErrors } from "../../loop/config";
import type { Task } from "../../loop/task";
import type { Batch } from "../../pool/schema";
import { type Tokenizer, toTokenizerJson, trainBpe } from "../../tokenizer/index";
import { type LanguageConfig, languageConfig } from "./config";
import { evaluate } from "./evaluate";
import { fit } from "./fit";
import { sample } from "./sample";
import { STORY_SCHEMA, storyBatch } from "./stories";

/** File of the tokenizer beside the real data in the run store, in Hugging Face's format. */
export const TOKENIZER = "tokenizer.json";

/** Stories encoded and written at once. */
const CHUNK = 500;

/** Language models on short stories (paper §4.1): GPT-2 and Llama-2, one story an item. */
export const languageTask: Task<LanguageConfig> = {
  name: "language",
  version: { data: 1, fit: 1, sample: 1 },
  config: withReadableErrors(languageConfig, 'The config of task "language"'),
  module: __filename,
  schema: () => STORY_SCHEMA,
  environment: ({ matmul }) => precisionEnvironment(matmul),

  /** Stories are read piece by piece, never held: for the tokenizer (training split alone), and to encode. */
  async loadReal(config, { streams, signal }) {
    const { dataset, trainStories, validationStories, vocabulary, overlap } = config;
    const counts = { train: trainStories, validation: validationStories };
    const stories = await loadStories(dataset, counts, streams, {
      signal,
      ...(overlap ? { overlap } : {}),
    });
    const tokenizer = await trainBpe(stories.train(), vocabulary);
    return {
      train: encoded(stories.train(), tokenizer),
      test: encoded(stories.validation(), tokenizer),
      checksums: stories.checksums,
      description: stories.description,
      artefacts: { [TOKENIZER]: Buffer.from(toTokenizerJson(tokenizer)) },
    };
  },
  fit,
  sample,
  evaluations: {
    "test-loss": {
      version: 1,
      sections: ["sampling", "evaluation"],
      run: (config, { weights, test }, context) => evaluate(config, weights, test, context),
    },
  },
};

/** Each story's tokens and its end. */
async function* encoded(texts: AsyncIterable<string>, tokenizer: Tokenizer): AsyncGenerator<Batch> {
  let chunk: number[][] = [];
  for await (const text of texts) {
    chunk.push([...tokenizer.encode(text), tokenizer.endOfText]);
    if (chunk.length < CHUNK) continue;
    yield storyBatch(chunk);
    chunk = [];
  }
  if (chunk.length > 0) yield storyBatch(chunk);
}
