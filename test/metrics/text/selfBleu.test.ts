import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { UserError } from "../../../lib/errors";
import { selfBleu, selfBleuOf } from "../../../lib/metrics/text/index";
import { Stream } from "../../../lib/random/stream";

function near(actual: number, expected: number, tolerance = 1e-12): void {
  assert.ok(Math.abs(actual - expected) < tolerance, `${actual} is not ${expected}`);
}

interface Case {
  readonly stories: number[][];
  readonly hypotheses: number[];
  readonly references: number[];
  readonly selfBleu: number;
}

const cases: Case[] = JSON.parse(
  readFileSync(join(__dirname, "fixtures", "selfBleu.json"), "utf8"),
);

for (const [i, { stories, hypotheses, references, selfBleu: expected }] of cases.entries())
  test(`self-BLEU agrees with NLTK's sentence BLEU, case ${i + 1}`, () => {
    near(selfBleuOf(stories, hypotheses, references), expected);
  });

const stream = new Stream(["self-bleu"]);

test("1 where all stories are the same, 0 where no two share a token", () => {
  near(
    selfBleu(
      [
        [1, 2, 3, 4, 5],
        [1, 2, 3, 4, 5],
        [1, 2, 3, 4, 5],
      ],
      stream,
    ),
    1,
  );
  near(
    selfBleu(
      [
        [1, 2, 3, 4],
        [5, 6, 7, 8],
        [9, 9, 9, 9],
      ],
      stream,
    ),
    0,
  );
  near(selfBleu([[], [1]], stream), 0);
});

test("two stories by hand: clipping, smoothing and the brevity penalty", () => {
  // 1 1 2 against 1 2 3 4 5: 2 of 3 unigrams after clipping, 1 of 2 bigrams, no trigram of 1, and
  // no 4-gram at all; the penalty is exp(1 − 5/3).
  const forward = Math.exp(1 - 5 / 3) * ((2 / 3) * (1 / 2) * (0.1 / 1) * (0.1 / 1)) ** (1 / 4);
  near(
    selfBleuOf(
      [
        [1, 1, 2],
        [1, 2, 3, 4, 5],
      ],
      [0],
      [0, 1],
    ),
    forward,
  );
  const back = ((2 / 5) * (1 / 4) * (0.1 / 3) * (0.1 / 2)) ** (1 / 4);
  near(
    selfBleu(
      [
        [1, 1, 2],
        [1, 2, 3, 4, 5],
      ],
      stream,
    ),
    (forward + back) / 2,
  );
});

test("the sample is seeded, and estimates the value of all stories", () => {
  const words = new Stream(["stories"]);
  const stories = Array.from({ length: 300 }, () =>
    Array.from({ length: 20 }, () => Math.floor(30 * words.uniform() ** 2)),
  );
  const options = { hypotheses: 60, references: 150 };
  const sampled = selfBleu(stories, stream, options);
  assert.equal(selfBleu(stories, stream, options), sampled);
  assert.notEqual(selfBleu(stories, new Stream(["other"]), options), sampled);
  const everybody = Array.from(stories.keys());
  const references = stream.at("references").subset(300, 150);
  near(sampled, selfBleuOf(stories, everybody, references), 0.05);
});

test("fewer than two stories or references are refused", () => {
  assert.throws(() => selfBleu([[1]], stream), UserError);
  assert.throws(() => selfBleu([[1], [2]], stream, { references: 1 }), UserError);
  assert.throws(() => selfBleu([[1], [2]], stream, { hypotheses: 0 }), UserError);
});
