import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { derivationsOf } from "../../../lib/data/grammar/derivation";
import {
  derivationOf,
  expectedUses,
  grammatical,
  logProbability,
  meanCharacters,
  STORIES,
  sampleStory,
  storyEntropy,
} from "../../../lib/data/grammar/stories";
import { SLOTS } from "../../../lib/data/grammar/story";
import { summarise } from "../../../lib/metrics/statistics";
import { Stream } from "../../../lib/random/stream";
import { ambiguity } from "./ambiguity";

const stories = Array.from({ length: 4000 }, (_, i) => sampleStory(new Stream(["stories", i])));
const derivations = stories.map((story) => derivationOf(story) ?? []);
const costs = stories.map((story) => -logProbability(story));

function within(values: number[], expected: number): void {
  const { mean, se } = summarise(values);
  assert.ok(Math.abs(mean - expected) < 4 * (se ?? 0), `${mean} ± ${se}, not ${expected}`);
}

test("no story can come about in two ways, so its probability and the entropy are exact", () => {
  assert.equal(ambiguity(STORIES), undefined);
});

test("the entropy is the mean of −log p, the mean length that of the stories", () => {
  within(costs, storyEntropy());
  within(
    stories.map((story) => story.length),
    meanCharacters(),
  );
});

test("every drawn story is read in one way and has a finite probability, whatever the seed", () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer(), (a, b) => {
      const story = sampleStory(new Stream([a, b]));
      assert.equal(derivationsOf(STORIES, story).length, 1);
      const p = logProbability(story);
      assert.ok(Number.isFinite(p) && p < 0);
      assert.equal(sampleStory(new Stream([a, b])), story);
    }),
    { numRuns: 200 },
  );
});

test("stories have 25 to 85 words, and nearly all of them are different", () => {
  const words = stories.map((story) => story.split(" ").length);
  assert.ok(Math.min(...words) >= 25 && Math.max(...words) <= 85);
  assert.ok(new Set(stories).size > 0.98 * stories.length);
});

test("choices occur as often as expected, common and rare ones", () => {
  for (const [of, option] of [
    ["hero", "Mia"],
    ["friend", "bear"],
    ["middle", "{night} {visitor}"],
    ["lost:sails", "The {thing} drifted far out on the water."],
    ["adventure", "{found} {owner}"],
  ]) {
    const uses = derivations.map(
      (choices) => choices.filter((c) => c.of === of && c.option === option).length,
    );
    within(uses, expectedUses(of, option));
  }
});

test("the tail is real: some choices come once in thousands of stories, and none never", () => {
  const rare = expectedUses("visitor", "{dragon}");
  assert.ok(rare > 1 / 500 && rare < 1 / 100, `dragons: ${rare}`);
  const moon = expectedUses(
    "moon",
    "There {hero.they} and a {friend} caught the moon in a net and let it go.",
  );
  assert.ok(moon > 1 / 10_000 && moon < 1 / 1000, `the moon in a net: ${moon}`);
});

test("another name, pronoun, friend, thing or colour later in the story is ungrammatical", () => {
  let tried = 0;
  for (const [i, story] of stories.slice(0, 300).entries()) {
    const chosen = (slot: string) => derivations[i].find(({ of }) => of === slot)?.option;
    for (const slot of ["hero", "friend", "thing", "colour"]) {
      const mine = chosen(slot);
      const other = SLOTS[slot].find(([, text]) => text !== mine)?.[1];
      if (mine === undefined || other === undefined) continue;
      const places = [...story.matchAll(new RegExp(`\\b${mine}\\b`, "g"))];
      if (places.length < 2) continue;
      const at = places[places.length - 1].index;
      const wrong = story.slice(0, at) + other + story.slice(at + mine.length);
      assert.ok(!grammatical(wrong), wrong);
      tried++;
    }
    const pronoun = / (he|she) /.exec(story);
    if (pronoun) {
      const wrong = story.replace(pronoun[0], pronoun[1] === "he" ? " she " : " he ");
      assert.ok(!grammatical(wrong), wrong);
      tried++;
    }
  }
  assert.ok(tried > 300);
});

test("swapped words, a cut and anything behind the end are ungrammatical: log p = −∞", () => {
  const refused = (text: string) =>
    assert.equal(logProbability(text), Number.NEGATIVE_INFINITY, text);
  for (const story of stories.slice(0, 500)) {
    const words = story.split(" ");
    [words[3], words[9]] = [words[9], words[3]];
    if (words[3] !== words[9]) refused(words.join(" "));
    for (const wrong of [story.slice(0, -1), `${story} `, `${story} ${story}`, ` ${story}`])
      refused(wrong);
  }
});

test("hostile strings are ungrammatical and cost nothing", () => {
  for (const text of ["", " ", "\u0000", "Once there was a ".repeat(50_000), "\ud800", "{opening}"])
    assert.ok(!grammatical(text));
});
