import assert from "node:assert/strict";
import { test } from "node:test";
import { logProbability, sampleStory, storyEntropy } from "../../../lib/data/grammar/stories";
import { Parameters } from "../../../lib/engine/parameters";
import { klPerStory } from "../../../lib/experiments/language/kl";
import { languageModel } from "../../../lib/models/language/index";
import { pack } from "../../../lib/models/language/packed";
import { Stream } from "../../../lib/random/stream";

const texts = Array.from({ length: 100 }, (_, i) => sampleStory(new Stream(["kl"]).at(i)));
const logs = texts.map(logProbability);

test("KL is 0 for the grammar itself, and log c for a model that is c times less sure of every story", () => {
  const truth = logs.map((log) => -log);
  assert.equal(klPerStory(truth, logs), 0);
  const vaguer = truth.map((nats) => nats + Math.log(3));
  assert.ok(Math.abs(klPerStory(vaguer, logs) - Math.log(3)) < 1e-12);
});

test("the mean surprisal of drawn stories is the grammar's entropy, within 5 s.e.", () => {
  const mean = -logs.reduce((a, b) => a + b) / logs.length;
  const variance = logs.reduce((sum, log) => sum + (log + mean) ** 2, 0) / (logs.length - 1);
  assert.ok(Math.abs(mean - storyEntropy()) < 5 * Math.sqrt(variance / logs.length));
});

test("a model that knows nothing: KL = tokens · ln V − entropy of the stories, through the model itself", () => {
  const config = { family: "gpt2", vocabulary: 257, width: 4, layers: 1, heads: 1 } as const;
  const model = languageModel({ ...config, hidden: 4, context: 512 });
  const nothing = Object.fromEntries(
    Object.entries(model.initial(new Stream(["init"]))).map(([name, { shape, data }]) => [
      name,
      { shape, data: new Float32Array(data.length) },
    ]),
  );
  const parameters = new Parameters(nothing);
  // Bytes are tokens 1 … 256.
  const stories = texts.slice(0, 5).map((text) => [...Buffer.from(text).map((b) => b), 0]);
  const losses = model.losses(parameters.read(), pack(stories, model.config));
  let from = 0;
  const nats = stories.map(({ length }) => {
    const story = losses.subarray(from, from + length);
    from += length;
    return story.reduce((a, b) => a + b, 0);
  });
  const mean = (of: (i: number) => number) => [0, 1, 2, 3, 4].reduce((a, i) => a + of(i), 0) / 5;
  const expected = mean((i) => stories[i].length * Math.log(257) + logs[i]);
  const found = klPerStory(nats, logs.slice(0, 5));
  assert.ok(Math.abs(found - expected) < 1e-3 * expected, `${found}, expected ${expected}`);
});
