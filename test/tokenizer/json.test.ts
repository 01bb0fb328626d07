import assert from "node:assert/strict";
import { test } from "node:test";
import { UserError } from "../../lib/errors";
import { fromTokenizerJson, toTokenizerJson } from "../../lib/tokenizer/index";
import { PEERS, peer } from "./huggingFace";

const { json, vocabulary } = peer("stories, 300");

interface File {
  [field: string]: unknown;
  added_tokens: Record<string, unknown>[];
  pre_tokenizer: Record<string, unknown>;
  model: {
    [field: string]: unknown;
    vocab: Record<string, number>;
    merges: unknown[];
  };
}

/** Reads the file after a change. */
function read(change: (file: File) => void) {
  const file: File = JSON.parse(json);
  change(file);
  return fromTokenizerJson(JSON.stringify(file), "my.json");
}

function refused(change: (file: File) => void, message: RegExp): void {
  assert.throws(
    () => read(change),
    (error) => {
      assert.ok(error instanceof UserError, String(error));
      assert.match(error.message, /^my\.json/);
      assert.match(error.message, message);
      assert.doesNotMatch(error.message, /\n/);
      return true;
    },
  );
}

test("tokenizer.json: writing what was read gives the same file, letter for letter", () => {
  for (const { name, json, texts } of PEERS)
    if (texts) assert.equal(toTokenizerJson(fromTokenizerJson(json, name)), json);
});

test('tokenizer.json: merges as "left right", as older files have them', () => {
  const old = read(({ model }) => {
    model.merges = model.merges.map((merge) => (merge as string[]).join(" "));
  });
  assert.equal(toTokenizerJson(old), json);
});

test("tokenizer.json: tokens named like JavaScript's built-ins are ordinary tokens", () => {
  const names = ["__proto__", "constructor", "toString", "hasOwnProperty"];
  const { tokens } = read(({ model }) => {
    const { vocab } = model;
    const size = Object.keys(vocab).length;
    const added = names.map((name, k) => [name, size + k] as const);
    model.vocab = Object.fromEntries([...Object.entries(vocab), ...added]);
  });
  assert.deepEqual(tokens.slice(-names.length), names);
});

test("tokenizer.json: a file that is not JSON, is truncated or is not an object is refused", () => {
  for (const text of ["", "{", json.slice(0, json.length / 2), "null", "[]", '"a"', "{}"])
    assert.throws(
      () => fromTokenizerJson(text, "my.json"),
      (error) => error instanceof UserError && /^my\.json is not/.test(error.message),
    );
});

test("tokenizer.json: another kind of tokenizer is refused", () => {
  refused((file) => Object.assign(file.model, { type: "WordPiece" }), /"model\.type".*"BPE"/);
  refused((file) => Object.assign(file.model, { type: "Unigram", vocab: [] }), /"model\.type"/);
  refused((file) => Object.assign(file, { model: undefined }), /"model"/);
  refused((file) => Object.assign(file.model, { ignore_merges: true }), /"model\.ignore_merges"/);
  refused((file) => Object.assign(file.model, { dropout: 0.1 }), /"model\.dropout"/);
  refused((file) => Object.assign(file, { normalizer: { type: "NFC" } }), /"normalizer"/);
  refused((file) => Object.assign(file, { pre_tokenizer: null }), /"pre_tokenizer"/);
  refused((file) => Object.assign(file.pre_tokenizer, { add_prefix_space: true }), /add_prefix_sp/);
  refused((file) => Object.assign(file.pre_tokenizer, { use_regex: false }), /use_regex/);
  refused((file) => Object.assign(file, { decoder: null }), /"decoder"/);
  refused((file) => Object.assign(file, { truncation: { max_length: 9 } }), /"truncation"/);
  refused((file) => Object.assign(file, { post_processor: { type: "Bert" } }), /"post_processor/);
});

test("tokenizer.json: padding to the longest of a batch changes no text, padding to a length does", () => {
  const padded = (strategy: unknown) => (file: File) =>
    Object.assign(file, { padding: { strategy, pad_id: 0 } });
  assert.deepEqual(read(padded("BatchLongest")).tokens, read(() => {}).tokens);
  refused(padded({ Fixed: 10 }), /"padding": must be off, or to the longest of a batch/);
});

test("tokenizer.json: <|endoftext|> must be token 0 and the only added one", () => {
  refused((file) => file.added_tokens.pop(), /"added_tokens/);
  refused((file) => file.added_tokens.push({ id: 300, content: "<pad>" }), /"added_tokens/);
  refused(
    (file) => Object.assign(file.added_tokens[0], { id: 5 }),
    /<\|endoftext\|> has the id 5, not 0\. Import the model/,
  );
  refused((file) => Object.assign(file.added_tokens[0], { lstrip: true }), /lstrip/);
  refused(({ model: { vocab } }) => {
    vocab["<|endoftext|>"] = 1;
    vocab["!"] = 0;
  }, /<\|endoftext\|> has the id 1/);
});

test("tokenizer.json: damaged vocabularies are refused", () => {
  refused(({ model: { vocab } }) => {
    vocab["#"] = vocab["!"];
  }, /the tokens "!" and "#" share the id 1\./);
  refused(({ model: { vocab } }) => {
    vocab["#"] = 5000;
  }, /the token "#" has the id 5000, but with 300 tokens the ids must be 0 to 299/);
  refused(({ model: { vocab } }) => {
    vocab["€uro"] = vocabulary;
  }, /"€uro" has characters outside the byte alphabet/);
  refused(({ model: { vocab } }) => {
    vocab["##"] = vocab["#"];
    delete vocab["#"];
  }, /lacks the token "#"/);
  refused(({ model: { vocab } }) => {
    vocab["#"] = -1;
  }, /"model\.vocab\.#"/);
  refused(({ model: { vocab } }) => {
    for (let id = vocabulary; id <= 65_536; id++) vocab[`x${id}`] = id;
  }, /has 65537 tokens; at most 65536/);
});

test("tokenizer.json: merges that name unknown tokens are refused", () => {
  refused(({ model }) => model.merges.push(["q", "zzz"]), /merge 43, "q zzz".*"zzz".*not in/);
  refused(({ model }) => model.merges.push(["q", "z"]), /needs the token "qz"/);
  refused(({ model }) => model.merges.push("q z z"), /"q z z", does not name two tokens/);
  refused(({ model }) => model.merges.push(["q"]), /"model\.merges\.43"/);
});
