import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { UserError } from "../../lib/errors";
import { fromTokenizerJson, trainBpe } from "../../lib/tokenizer/index";
import { digest, PEERS, peer } from "./huggingFace";

const stories = peer("stories, as far as they go");
const tokenizer = fromTokenizerJson(stories.json, stories.name);

for (const { name, json, encoded, decoded, long } of PEERS) {
  const same = fromTokenizerJson(json, name);
  test(`${name}: encodes awkward texts as Hugging Face's library does`, () => {
    for (const [text, ids] of encoded)
      assert.deepEqual([...same.encode(text)], ids, JSON.stringify(text));
  });

  test(`${name}: decodes any ids as Hugging Face's library does`, () => {
    for (const [ids, text] of decoded) assert.equal(same.decode(ids), text);
  });

  if (long.length > 0)
    test(`${name}: words of a megabyte are encoded as Hugging Face's library does`, () => {
      for (const [pattern, times, tokens, expected] of long) {
        const ids = same.encode(pattern.repeat(times));
        assert.equal(ids.length, tokens, pattern);
        assert.equal(digest(ids), expected, pattern);
      }
    });
}

test("decoding is the inverse of encoding for every well-formed text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "binary" }), (some, other) => {
      for (const text of [some, other, `${some}<|endoftext|>${other}`]) {
        const ids = tokenizer.encode(text);
        assert.equal(tokenizer.decode(ids), text);
        assert.deepEqual(tokenizer.decodeBytes(ids), new TextEncoder().encode(text));
      }
    }),
  );
  assert.equal(tokenizer.decode(tokenizer.encode("\ufeffone")), "\ufeffone");
});

test("a lone surrogate is encoded as U+FFFD", () => {
  for (const lone of ["\ud800", "\udbff", "\udc00", "\udfff", "\ud800\ud800"])
    for (const text of [lone, `once${lone} upon`, `  ${lone}`, `${lone}'s`, `😀${lone}`])
      assert.deepEqual(
        tokenizer.encode(text),
        tokenizer.encode(text.replace(/\p{Surrogate}/gu, "\ufffd")),
      );
});

test("<|endoftext|> inside a text is id 0 and ends the words around it", () => {
  const parts = ["a  ", "  b", ""].map((part) => [...tokenizer.encode(part)]);
  assert.deepEqual(
    [...tokenizer.encode("a  <|endoftext|>  b<|endoftext|>")],
    [...parts[0], 0, ...parts[1], 0],
  );
  assert.equal(tokenizer.decode([0]), "<|endoftext|>");
});

test("more words than are remembered are encoded all the same", async () => {
  const { texts } = stories;
  const fresh = await trainBpe(texts!, stories.vocabulary);
  const words = Array.from({ length: 70_000 }, (_, i) => `w${i.toString(26)}x`);
  const ids = fresh.encode(words.join(" "));
  assert.equal(fresh.decode(ids), words.join(" "));
  for (const [text, expected] of stories.encoded)
    for (let time = 0; time < 2; time++) assert.deepEqual([...fresh.encode(text)], expected);
});

test("the ids of one text are not changed by encoding the next", () => {
  const first = tokenizer.encode("One day");
  const copy = first.slice();
  tokenizer.encode("a fox went to the hill").fill(0);
  first.fill(7);
  assert.deepEqual(tokenizer.encode("One day"), copy);
});

test("an id outside the vocabulary is refused with its position", () => {
  const size = tokenizer.vocabulary;
  for (const id of [size, 65_535, -1, 1.5, Number.NaN]) {
    const message = new RegExp(`^Token ${id} at position 2 is outside .* 0 to ${size - 1};`);
    for (const decode of [
      () => tokenizer.decode([1, 2, id]),
      () => tokenizer.decodeBytes([1, 2, id, 3]),
    ])
      assert.throws(decode, (error) => error instanceof UserError && message.test(error.message));
  }
  assert.equal(tokenizer.decode(new Uint16Array(0)), "");
});
