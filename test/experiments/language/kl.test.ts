import assert from "node:assert/strict";
import { test } from "node:test";
import { logProbability, sampleStory, storyEntropy } from "../../../lib/data/grammar/stories";
import { klPerStory } from "../../../lib/experiments/language/kl";
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
