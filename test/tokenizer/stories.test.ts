import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { findSource, readSource } from "../../lib/data/source";
import { toTokenizerJson, trainBpe } from "../../lib/tokenizer/index";
import { digest } from "./huggingFace";

/** What Hugging Face's library gave on the same files; see fixtures/make.py. */
const expected: {
  stories: number;
  tokenizer: string;
  splits: Record<"train" | "valid", { source: string; tokens: number; ids: string }>;
} = JSON.parse(readFileSync(join(__dirname, "fixtures", "tinyStories.json"), "utf8"));

const splits = (["train", "valid"] as const).map((name) => {
  const { source: sha256, tokens, ids } = expected.splits[name];
  return {
    source: { set: "tinystories", file: `${name}.txt`, addresses: [], sha256 },
    tokens,
    ids,
  };
});

test("TinyStories: 8,000 tokens and the ids of both splits as Hugging Face's library has them", {
  skip: splits.every(({ source }) => findSource(source))
    ? false
    : "tinystories/train.txt and valid.txt are neither in .cache/data nor in COLLAPSE_LAB_DATA",
}, async () => {
  const texts = await Promise.all(
    splits.map(async ({ source }) => new TextDecoder().decode(await readSource(source))),
  );
  const stories = texts[0].split("\n<|endoftext|>\n").filter((story) => story !== "");
  assert.equal(stories.length, expected.stories);
  const tokenizer = await trainBpe(stories, 8000);
  assert.equal(digest(toTokenizerJson(tokenizer)), expected.tokenizer);
  for (const [i, { tokens, ids }] of splits.entries()) {
    const encoded = tokenizer.encode(texts[i]);
    assert.equal(encoded.length, tokens);
    assert.equal(digest(encoded), ids);
    assert.equal(tokenizer.decode(encoded), texts[i]);
  }
});
