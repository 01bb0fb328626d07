import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { LONGEST_STORY, storiesOf } from "../../../lib/data/text/storiesOf";
import { UserError } from "../../../lib/errors";

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  // Each piece is overwritten once it was used, as a reader with one buffer would do.
  for (let at = 0; at < bytes.length; at += size) {
    const piece = Uint8Array.from(bytes.subarray(at, at + size));
    yield piece;
    piece.fill(0xff);
  }
}

async function read(
  text: string | Uint8Array,
  size = 1 << 20,
  onEmpty?: (k: number) => void,
): Promise<string[]> {
  const found: string[] = [];
  for await (const story of storiesOf(pieces(Buffer.from(text), size), "a.txt", onEmpty))
    found.push(story);
  return found;
}

async function message(text: string | Uint8Array, size?: number): Promise<string> {
  const error = await read(text, size).then(
    () => assert.fail("nothing was thrown"),
    (thrown) => thrown,
  );
  assert.ok(error instanceof UserError, String(error));
  return error.message;
}

const MARK = "<|endoftext|>";

test("stories are between separators; white space around them is trimmed, nothing else changes", async () => {
  const file = `\n  One.\n\nStill one. \n${MARK}\n\tTwo.\n${MARK}\n`;
  assert.deepEqual(await read(file), ["One.\n\nStill one.", "Two."]);
});

test("CR LF becomes LF, and a byte order mark is not part of a story", async () => {
  assert.deepEqual(await read(`\ufeffOne.\r\nMore.\r\n${MARK}\r\nTwo.\r\n${MARK}\r\n`), [
    "One.\nMore.",
    "Two.",
  ]);
});

test("the last story needs no mark, and a mark may stand within a line", async () => {
  assert.deepEqual(await read(`One.${MARK}Two.\n${MARK}\nThree`), ["One.", "Two.", "Three"]);
  assert.deepEqual(await read(""), []);
  assert.deepEqual(await read(" \n"), []);
});

test("what only looks like a mark is text", async () => {
  assert.deepEqual(await read(`a <|endoftex|> b <|endoftext|\n${MARK}`), [
    "a <|endoftex|> b <|endoftext|",
  ]);
});

test("empty stories are skipped and reported by number", async () => {
  const empty: number[] = [];
  const file = `${MARK}\nOne.\n${MARK}\n \n${MARK}\n${MARK}\nTwo.\n${MARK}\n\n`;
  assert.deepEqual(await read(file, 3, (k) => empty.push(k)), ["One.", "Two."]);
  assert.deepEqual(empty, [1, 3, 4]);
});

test("stories do not depend on how the bytes are cut into pieces", async () => {
  const words = fc.array(
    fc.constantFrom("a", "é", "猫", "🦊", "\n", "\r\n", " ", "<|", "|>", MARK),
    {
      maxLength: 40,
    },
  );
  await fc.assert(
    fc.asyncProperty(words, fc.integer({ min: 1, max: 20 }), async (parts, size) => {
      const text = parts.join("");
      const expected = text
        .split(MARK)
        .map((story) => story.replaceAll("\r\n", "\n").trim())
        .filter((story) => story !== "");
      assert.deepEqual(await read(text, size), expected);
    }),
    { numRuns: 300 },
  );
});

test("bytes that are not UTF-8 are refused with the file and the offset of the first", async () => {
  const before = Buffer.from(`Zoë 🦊\n${MARK}\n`);
  for (const [name, bad] of [
    ["a stray continuation", [0x80]],
    ["Latin-1", [0xe9, 0x20]],
    ["an overlong slash", [0xc0, 0xaf]],
    ["a surrogate", [0xed, 0xa0, 0x80]],
    ["beyond U+10FFFF", [0xf4, 0x90, 0x80, 0x80]],
    ["a byte that never occurs", [0xff]],
    ["a character cut off at the end", [0xf0, 0x9f, 0xa6]],
  ] as const) {
    const ends = name.endsWith("end") ? [""] : ["", " and more text"];
    for (const end of ends)
      for (const size of [1, 2, 3, 5, 1000]) {
        const bytes = Buffer.concat([before, Buffer.from(bad), Buffer.from(end)]);
        const text = await message(bytes, size);
        assert.ok(text.includes("a.txt is not UTF-8"), text);
        assert.ok(text.includes(`byte ${before.length} (`), `${name}, ${size}: ${text}`);
      }
  }
});

test("a file without marks is refused before it fills the memory", async () => {
  let given = 0;
  async function* endless(): AsyncGenerator<Uint8Array> {
    for (;;) {
      given += 65536;
      yield Buffer.alloc(65536, "a");
    }
  }
  await assert.rejects(storiesOf(endless(), "novel.txt").next(), (error) => {
    assert.ok(error instanceof UserError);
    assert.match(error.message, /Story 1 of novel\.txt has more than 1,000,000 characters/);
    return true;
  });
  assert.ok(given < LONGEST_STORY + 2 * 65536);
});

test("whoever stops early closes the file", async () => {
  let closed = false;
  async function* file(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) yield Buffer.from(`One.\n${MARK}\n`);
    } finally {
      closed = true;
    }
  }
  for await (const story of storiesOf(file(), "a.txt")) {
    assert.equal(story, "One.");
    break;
  }
  assert.ok(closed);
});
