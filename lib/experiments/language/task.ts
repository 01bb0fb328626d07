import { loadStories, type Stories } from "../../data/text/index";
import { UserError } from "../../errors";
import { withReadableErrors } from "../../loop/config";
import { reported, sourceOptions } from "../../loop/dataProgress";
import type { DataContext, RealData, Task } from "../../loop/task";
import type { Batch } from "../../pool/schema";
import { type Tokenizer, toTokenizerJson, trainBpe } from "../../tokenizer/index";
import { ownDataNeeded } from "../ownDataNeeded";
import { importedTokenizer } from "./checkpoints";
import { type LanguageConfig, languageConfig } from "./config";
import { exampleStories } from "./exampleStories";
import { fit } from "./fit";
import { realTexts } from "./realTexts";
import { sample } from "./sample";
import { STORY_SCHEMA, storyBatch } from "./stories";
import { testLoss } from "./testLoss";
import { texts } from "./texts";
import { TOKENIZER } from "./tokenizer";

/** Stories per batch that is encoded and written. */
const CHUNK = 500;

/** Language models on short stories (paper §4.1): GPT-2 and Llama-2, one story per item. */
export const languageTask: Task<LanguageConfig> = {
  name: "language",
  version: { data: 1, fit: 2, sample: 1 },
  config: withReadableErrors(languageConfig, 'The config of task "language"'),
  module: __filename,
  schema: () => STORY_SCHEMA,

  /** Streams the stories twice: to train the tokenizer (training split only), and to encode them. */
  async loadReal({ data }, context) {
    const { dataset, trainItems, testItems, overlap } = data;
    if (dataset === "own") throw ownDataNeeded();
    const counts = { train: trainItems, validation: testItems };
    const stories = await loadStories(dataset, counts, context.streams, {
      ...sourceOptions(context),
      ...(overlap ? { overlap } : {}),
    });
    return encodedStories(stories, data, context);
  },
  fit,
  sample,
  evaluations: {
    "test-loss": testLoss,
    samples: exampleStories,
    "real-texts": realTexts,
    texts,
  },
};

/**
 * Stories as a language task takes them: a tokenizer, of the training split or of a checkpoint, and both
 * splits encoded by it.
 */
export async function encodedStories(
  stories: Stories,
  data: Pick<LanguageConfig["data"], "vocabulary" | "tokenizer">,
  context: DataContext,
): Promise<RealData> {
  const { train, validation } = stories.counts;
  const tokenizer = await tokenizerFor(stories, data, context);
  return {
    train: encodeStories(stories.train(), tokenizer),
    test: encodeStories(stories.validation(), tokenizer),
    items: train + validation,
    checksums: stories.checksums,
    description: stories.description,
    artefacts: { [TOKENIZER]: Buffer.from(toTokenizerJson(tokenizer)) },
  };
}

async function tokenizerFor(
  stories: Stories,
  { vocabulary, tokenizer: hash }: Pick<LanguageConfig["data"], "vocabulary" | "tokenizer">,
  context: DataContext,
): Promise<Tokenizer> {
  if (hash === undefined) {
    const { train } = stories.counts;
    const texts = reported(stories.train(), "counting words", train, context.onStep);
    return trainBpe(texts, vocabulary);
  }
  const tokenizer = await importedTokenizer(hash, sourceOptions(context));
  if (tokenizer.vocabulary !== vocabulary)
    throw new UserError(
      `data.tokenizer has ${tokenizer.vocabulary} tokens: set data.vocabulary to it, not to ${vocabulary}.`,
    );
  return tokenizer;
}

/** Tokens of each story, with a final `<|endoftext|>`, in batches. */
async function* encodeStories(
  texts: AsyncIterable<string>,
  tokenizer: Tokenizer,
): AsyncGenerator<Batch> {
  let chunk: number[][] = [];
  for await (const text of texts) {
    chunk.push([...tokenizer.encode(text), tokenizer.endOfText]);
    if (chunk.length < CHUNK) continue;
    yield storyBatch(chunk);
    chunk = [];
  }
  if (chunk.length > 0) yield storyBatch(chunk);
}
