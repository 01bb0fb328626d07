import assert from "node:assert/strict";
import { test } from "node:test";
import { engine } from "../../../lib/engine/load";
import { alive } from "../../../lib/engine/memory";
import { Cancelled, UserError } from "../../../lib/errors";
import {
  type LanguageConfig,
  languageConfig,
  modelConfig,
} from "../../../lib/experiments/language/config";
import { FIRST_TOKENS } from "../../../lib/experiments/language/firstTokens";
import { sample } from "../../../lib/experiments/language/sample";
import { storiesIn } from "../../../lib/experiments/language/stories";
import { standaloneContext } from "../../../lib/loop/standaloneContext";
import type { Context } from "../../../lib/loop/task";
import { languageModel } from "../../../lib/models/language/index";
import { Stream } from "../../../lib/random/stream";
import { Streams } from "../../../lib/random/streams";
import type { Weights } from "../../../lib/store/weights";

engine({ threads: 1 });

const CONFIG: LanguageConfig = languageConfig.parse({
  data: { dataset: "grammar", trainItems: 10, testItems: 10, vocabulary: 257 },
  model: { family: "gpt2", width: 8, layers: 1, heads: 2, hidden: 16, context: 12 },
  training: { epochs: 1 },
});

const configWith = (sampling: Partial<LanguageConfig["sampling"]>): LanguageConfig => ({
  ...CONFIG,
  sampling: { ...CONFIG.sampling, ...sampling },
});

/** A model that ends a story with probability of about 1/5 at every token. */
function weights(): Weights {
  const initial = { ...languageModel(modelConfig(CONFIG)).initial(new Stream(["weights"])) };
  const table = initial["transformer.wte.weight"];
  const bias = initial["transformer.ln_f.bias"];
  // Every hidden state has 1 more in its first number, which only the end's row looks at.
  bias.data[0] = 1;
  for (let id = 0; id < 257; id++) table.data[id * 8] = 0;
  table.data[0] = 4;
  initial["transformer.ln_f.weight"].data[0] = 0;
  return initial;
}
const WEIGHTS = weights();

const counts = (pairs: Record<number, number>): Weights => {
  const data = new Float32Array(257);
  for (const [id, n] of Object.entries(pairs)) data[Number(id)] = n;
  return { ...WEIGHTS, [FIRST_TOKENS]: { shape: [257], data } };
};

async function sampled(
  count: number,
  options: {
    config?: LanguageConfig;
    weights?: Weights;
    together?: number;
    context?: Partial<Context>;
    seed?: number;
  } = {},
): Promise<number[][]> {
  const context = standaloneContext(
    Streams.ofSeed(options.seed ?? 0).generation(1),
    options.context,
  );
  const { config = CONFIG, together } = options;
  const stories: number[][] = [];
  const batches = sample(config, options.weights ?? WEIGHTS, count, context, together);
  for await (const batch of batches) stories.push(...storiesIn(batch).map((story) => [...story]));
  return stories;
}

test("as many stories as asked for, each ended by 0 or cut at the context; some end at once", async () => {
  const stories = await sampled(150);
  assert.equal(stories.length, 150);
  for (const story of stories) {
    const end = story.indexOf(0);
    assert.equal(story.length, end < 0 ? 12 : end + 1);
  }
  assert.ok(stories.some((story) => story.length === 1));
  assert.ok(stories.some((story) => story.at(-1) !== 0));
});

test("story i is the same with 1, 7 and 64 side by side and in a longer sample; another seed's differs", async () => {
  const stories = await sampled(70);
  for (const together of [1, 7, 64])
    assert.deepEqual(await sampled(20, { together }), stories.slice(0, 20));
  assert.notDeepEqual(await sampled(20, { seed: 1 }), stories.slice(0, 20));
});

test("story i is the same drawn by two threads as by one, whatever a thread draws at once", async () => {
  const firsts = { config: configWith({ start: "first-token" }), weights: counts({ 7: 3, 9: 1 }) };
  for (const [options, batches] of [
    [{}, [256, 13]],
    [firsts, [13]],
  ] as const) {
    const stories = await sampled(90, options);
    for (const together of batches)
      assert.deepEqual(
        await sampled(90, { ...options, together, context: { threads: 2 } }),
        stories,
      );
  }
});

test("threads stop when told to, and when the progress says so", async () => {
  const controller = new AbortController();
  const stop = sampled(100, { context: { threads: 2, signal: controller.signal } });
  controller.abort();
  await assert.rejects(stop, Cancelled);
  const progress = async () => {
    throw new Cancelled();
  };
  await assert.rejects(sampled(20_000, { context: { threads: 2, progress } }), Cancelled);
});

test('with start "first-token" first tokens come as often as in training, and all else from the model', async () => {
  const config = configWith({ start: "first-token" });
  const stories = await sampled(400, { config, weights: counts({ 7: 30, 200: 10 }) });
  const sevens = stories.filter(([first]) => first === 7).length;
  assert.equal(sevens + stories.filter(([first]) => first === 200).length, 400);
  // Binomial(400, 3/4): 5 standard deviations are 43.
  assert.ok(Math.abs(sevens - 300) < 43, `${sevens} of 400`);
  assert.ok(stories.some((story) => story.length === 2));
  const greedy = configWith({ start: "first-token", temperature: 0 });
  const [story] = await sampled(1, { config: greedy, weights: counts({ 9: 1 }) });
  assert.deepEqual(story, [9, 0]);
});

test("what cannot be sampled is refused with a sentence", async () => {
  const config = configWith({ start: "first-token" });
  await assert.rejects(sampled(1, { config }), (error: Error) => {
    assert.ok(error instanceof UserError);
    assert.match(error.message, /no tensor first_tokens .*Fit the model again/);
    return true;
  });
  await assert.rejects(sampled(1, { config, weights: counts({}) }), /all 0/);
  for (const temperature of [Number.NaN, -1, 2.5])
    await assert.rejects(
      sampled(1, { config: configWith({ temperature }) }),
      (error: Error) => error instanceof UserError && /number from 0/.test(error.message),
    );
});

test("stops between two tokens when told to, and leaves no tensor behind", async () => {
  await sampled(3);
  const before = alive();
  const controller = new AbortController();
  controller.abort();
  await assert.rejects(sampled(3, { context: { signal: controller.signal } }), Cancelled);
  await sampled(5, { together: 2 });
  for await (const _ of sample(CONFIG, WEIGHTS, 9, context(), 3)) break;
  assert.deepEqual(alive(), before);
});

test("reports stories done, never fewer than before and not at every token", async () => {
  const reports: number[] = [];
  const progress = async (done: number, total: number) => {
    assert.equal(total, 60);
    reports.push(done);
  };
  await sampled(60, { together: 5, context: { progress } });
  assert.ok(reports.length < 60, `${reports.length} reports`);
  assert.deepEqual(
    reports,
    [...reports].sort((a, b) => a - b),
  );
});

const context = (): Context => standaloneContext(Streams.ofSeed(0));
