import assert from "node:assert/strict";
import { test } from "node:test";
import { logProbability, sampleStory, storyEntropy } from "../../../lib/data/grammar/stories";
import { encodeNpy } from "../../../lib/experiments/language/arrays";
import { type LanguageConfig, languageConfig } from "../../../lib/experiments/language/config";
import { realTexts } from "../../../lib/experiments/language/realTexts";
import { STORY_SCHEMA, storyBatch } from "../../../lib/experiments/language/stories";
import { texts } from "../../../lib/experiments/language/texts";
import type { EvaluationInput } from "../../../lib/loop/evaluation";
import { standaloneContext } from "../../../lib/loop/standaloneContext";
import { MemoryBlock } from "../../../lib/pool/memoryBlock";
import { Stream } from "../../../lib/random/stream";
import { Streams } from "../../../lib/random/streams";
import { toTokenizerJson, trainBpe } from "../../../lib/tokenizer/index";

const stories = Array.from({ length: 12 }, (_, i) => sampleStory(new Stream(["texts"]).at(i)));
const [training, heldOut] = [stories.slice(0, 8), stories.slice(8)];
const sampled = [heldOut[1], "This is not a story of the grammar.", heldOut[2], training[0]];

const config = (changes: object = {}): LanguageConfig =>
  languageConfig.parse({
    data: { dataset: "grammar", trainItems: 8, testItems: 4, vocabulary: 257, ...changes },
    model: { family: "gpt2", width: 4, layers: 1, heads: 1, hidden: 4, context: 1024 },
    training: { epochs: 1 },
  });

/** What the loop hands over, with a model that is exp(−`nats[i]`) sure of held-out story i. */
async function given(nats: readonly number[], seen = 0): Promise<EvaluationInput> {
  const tokenizer = await trainBpe(training, 257);
  const blockOf = (list: readonly string[]) =>
    new MemoryBlock(STORY_SCHEMA, storyBatch(list.map((text) => [...tokenizer.encode(text), 0])));
  const tokens = heldOut.map((text) => tokenizer.encode(text).length + 1 - seen);
  const artefacts: Record<string, Uint8Array> = {
    "story-losses.npy": encodeNpy("float64", Float64Array.from(nats)),
    "story-tokens.npy": encodeNpy("int32", Int32Array.from(tokens)),
  };
  const real = {
    address: "real",
    train: blockOf(training),
    artefact: () => Buffer.from(toTokenizerJson(tokenizer)),
  };
  const input = { weights: {}, test: blockOf(heldOut), real, block: blockOf(sampled) };
  const artefact = (_: string, file: string) => artefacts[file];
  const incomplete = { ...input, artefact } as unknown as EvaluationInput;
  const context = standaloneContext(Streams.ofSeed(0));
  Object.assign(artefacts, (await realTexts.run(config(), incomplete, context)).artefacts);
  return incomplete;
}

const run = async (input: EvaluationInput, changes?: object) =>
  (await texts.run(config(changes), input, standaloneContext(Streams.ofSeed(0)))).metrics;

test("on the grammar: KL is the mean of log p − log q, and 1 of 4 stories is ungrammatical", async () => {
  const nats = heldOut.map((text, i) => -logProbability(text) + i);
  const { kl, ungrammatical, entropy } = await run(await given(nats));
  assert.ok(Math.abs(kl - (0 + 1 + 2 + 3) / 4) < 1e-12, `${kl}`);
  assert.equal(ungrammatical, 1 / 4);
  assert.equal(entropy, storyEntropy());
});

test("truncated stories have no KL; other data sets have none of the grammar's metrics", async () => {
  const input = await given([1, 1, 1, 1], 1);
  assert.equal("kl" in (await run(input)), false);
  const elsewhere = await run(input, { dataset: "tinystories" });
  assert.deepEqual(
    Object.keys(elsewhere).filter((name) => ["kl", "entropy", "ungrammatical"].includes(name)),
    [],
  );
});

test("known words are those of the real training stories", async () => {
  const { knownWords } = await run(await given([1, 1, 1, 1]), { dataset: "tinystories" });
  const words = (text: string) => text.toLowerCase().match(/[a-z]+/g) ?? [];
  const known = new Set(training.flatMap(words));
  const all = sampled.flatMap(words);
  assert.ok(
    Math.abs(knownWords - all.filter((word) => known.has(word)).length / all.length) < 1e-12,
  );
});
