import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { UserError } from "../../lib/errors";
import { toTokenizerJson, trainBpe } from "../../lib/tokenizer/index";
import { PEERS, peer } from "./huggingFace";

for (const { name, texts, vocabulary, asked, minimumCount, json } of PEERS)
  if (texts && asked && minimumCount !== undefined)
    test(`training on ${name}: the tokenizer.json of Hugging Face, letter for letter`, async () => {
      assert.equal(toTokenizerJson(await trainBpe(texts, vocabulary, { minimumCount })), json);
    });

/** The definition, slow: count all pairs anew for each merge; ties go to the lower ids. */
function slowMerges(words: readonly string[], tokens: string[], count: number): string[] {
  const split = words.map((word) => [...word].map((letter) => tokens.indexOf(letter)));
  const found: string[] = [];
  while (found.length < count) {
    const counts = new Map<number, number>();
    for (const word of split)
      for (let i = 1; i < word.length; i++) {
        const pair = word[i - 1] * 2 ** 16 + word[i];
        counts.set(pair, (counts.get(pair) ?? 0) + 1);
      }
    const [best] = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    if (!best) return found;
    const [left, right] = [Math.floor(best[0] / 2 ** 16), best[0] % 2 ** 16];
    found.push(`${tokens[left]} ${tokens[right]}`);
    tokens.push(tokens[left] + tokens[right]);
    for (const word of split)
      for (let i = 0; i + 1 < word.length; i++)
        if (word[i] === left && word[i + 1] === right) word.splice(i, 2, tokens.length - 1);
  }
  return found;
}

test("training: each merge is the most frequent pair, of equals that of the lower ids", async () => {
  const base = (await trainBpe([], 257)).tokens;
  const letters = fc.string({ unit: fc.constantFrom("a", "b", "c", "d"), maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(fc.array(letters, { minLength: 1, maxLength: 8 }), async (words) => {
      const expected = slowMerges(words, [...base], 20);
      const { tokens, merges } = await trainBpe(words, 257 + expected.length);
      assert.deepEqual(
        merges.map(({ left, right }) => `${tokens[left]} ${tokens[right]}`),
        expected,
      );
    }),
  );
});

test("training: ids are <|endoftext|>, the bytes by the character that stands for each, merges", async () => {
  const tokenizer = await trainBpe(["abab"], 259);
  assert.deepEqual(tokenizer.tokens.slice(0, 4), ["<|endoftext|>", "!", '"', "#"]);
  const order: number[] = [];
  for (let id = 1; id <= 256; id++) order.push(...tokenizer.decodeBytes([id]));
  const range = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const printable = [...range(0x21, 0x7e), ...range(0xa1, 0xac), ...range(0xae, 0xff)];
  assert.deepEqual(order, [...printable, ...range(0, 0x20), ...range(0x7f, 0xa0), 0xad]);
  assert.deepEqual(tokenizer.tokens.slice(257), ["ab", "abab"]);
  assert.equal(tokenizer.vocabulary, 259);
  assert.equal(tokenizer.endOfText, 0);
});

test("training: neither the order of the texts nor their being asynchronous matters", async () => {
  const { texts, json } = peer("stories, 300");
  async function* slowly() {
    for (const text of [...texts!].reverse()) yield text;
  }
  assert.equal(toTokenizerJson(await trainBpe(slowly(), 300)), json);
});

test("training: a vocabulary that the text cannot give is refused with what it can give", async () => {
  const { texts, vocabulary } = peer("stories, as far as they go");
  await assert.rejects(trainBpe(texts!, vocabulary + 1), (error) => {
    assert.ok(error instanceof UserError);
    assert.match(
      error.message,
      new RegExp(`257 \\+ ${vocabulary - 257} merges = ${vocabulary} tokens\\. Ask for at most`),
    );
    return true;
  });
  await assert.rejects(trainBpe([""], 300), /257 \+ 0 merges = 257 tokens/);
  const seldom = trainBpe(["ab", "ab", "cd"], 259, { minimumCount: 2 });
  await assert.rejects(seldom, /= 258 tokens from pairs that occur at least 2 times/);
});

test("training: a size that no vocabulary can have is refused", async () => {
  for (const size of [256, 0, -1, 65_537, 300.5, Number.NaN])
    await assert.rejects(trainBpe(["ab"], size), (error) => {
      assert.ok(error instanceof UserError);
      assert.match(error.message, /whole number from 257 .* to 65536/);
      return true;
    });
});
