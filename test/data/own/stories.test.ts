import assert from "node:assert/strict";
import * as fs from "node:fs";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { chooseStories } from "../../../lib/data/own/chooseStories";
import { openPlace } from "../../../lib/data/own/files";
import { surveyStories } from "../../../lib/data/own/stories";
import { Streams } from "../../../lib/random/streams";
import { fileOf, folderOf, placeOf, READING } from "./support";

const STORIES = Array.from({ length: 12 }, (_, i) => `Story ${i} is about\nthe number ${i}.`);
const ON_ONE_LINE = STORIES.map((story) => story.replace("\n", " "));
const json = (stories: readonly string[], field = "text") =>
  stories.map((story) => JSON.stringify({ id: 7, [field]: story })).join("\n");

const survey = (name: string, content: string | Uint8Array, options = {}) =>
  surveyStories(placeOf(name, content), options, READING);

test("stories are divided as the text shows, and the sentence says how", async () => {
  const cases: [name: string, content: string | Uint8Array, format: string, because: RegExp][] = [
    ["a.txt", STORIES.join("\n<|endoftext|>\n"), "endoftext", /the mark <\|endoftext\|>/],
    ["a.txt", STORIES.join("\r\n\r\n"), "blank-lines", /blank lines are between them/],
    ["a.txt", ON_ONE_LINE.join("\n"), "lines", /one a line/],
    ["a.jsonl", json(STORIES), "jsonl", /JSON lines, the field "text"/],
    ["a.ndjson", json(STORIES, "words"), "jsonl", /the field "words"/],
    ["a.txt.gz", gzipSync(ON_ONE_LINE.join("\n")), "lines", /one a line/],
  ];
  for (const [name, content, format, because] of cases) {
    const found = await survey(name, content);
    assert.deepEqual([found.format, found.items], [format, 12], name);
    assert.match(found.said[0], because);
    assert.match(found.said[0], /12 stories/);
  }
});

test("a folder of many files has a story in each; the option says otherwise", async () => {
  const files = Object.fromEntries(STORIES.map((story, i) => [`${i}.txt`, story]));
  const place = openPlace(folderOf(files));
  const found = await surveyStories(place, {}, READING);
  assert.deepEqual([found.format, found.items], ["files", 12]);
  const lines = await surveyStories(place, { stories: "lines" }, READING);
  assert.deepEqual([lines.format, lines.items], ["lines", 24]);
});

test("what is left out is said: empty ones and those like another but for case and points", async () => {
  const text = [...STORIES, " ", STORIES[3].toUpperCase()].join("\n<|endoftext|>\n");
  const { items, said } = await survey("a.txt", text);
  assert.equal(items, 12);
  assert.deepEqual(said.slice(1), [
    "Left out: 1 empty piece.",
    "Left out: 1 story like an earlier one.",
  ]);
});

test("the checksum is of the content: neither the name nor packing counts", async () => {
  const text = STORIES.join("\n\n");
  const one = await survey("a.txt", text);
  assert.equal((await survey("b.txt", text)).sha256, one.sha256);
  assert.equal((await survey("a.txt.gz", gzipSync(text))).sha256, one.sha256);
  assert.notEqual((await survey("a.txt", `${text}!`)).sha256, one.sha256);
});

test("the choice is random by content: disjoint, the same again, and one story more moves no other", async () => {
  const many = Array.from({ length: 300 }, (_, i) => `The tale of number ${i}.`);
  const choose = (stories: readonly string[], seed = 0) =>
    chooseStories(
      placeOf("a.txt", stories.join("\n")),
      { format: "lines" },
      { train: 200, test: 40 },
      Streams.ofSeed(seed),
      READING,
    );
  const { train, test: held } = await choose(many);
  assert.deepEqual([train.length, held.length], [200, 40]);
  assert.equal(new Set([...train, ...held]).size, 240);
  assert.deepEqual(await choose(many), { train, test: held });
  assert.notDeepEqual((await choose(many, 1)).test, held);
  // Doubled stories stay on one side, and another one can push out at most one.
  const more = await choose([...many, ...many.slice(0, 50), "A late tale."]);
  assert.ok(more.test.filter((story) => !held.includes(story)).length <= 1);
  assert.ok(more.train.every((story) => !more.test.includes(story)));
});

const REFUSED: readonly [string, string, string | Uint8Array, object, RegExp][] = [
  [
    "one story",
    "a.txt",
    "Once upon a time.",
    {},
    /looks like 1 story of 17 characters.*<\|endoftext\|> after each/,
  ],
  [
    "few stories",
    "a.txt",
    STORIES.slice(0, 3).join("<|endoftext|>"),
    {},
    /3 stories.*at least 10 different ones/,
  ],
  [
    "a repeated story",
    "a.txt",
    Array(20).fill("The same.").join("\n"),
    {},
    /of which 19 repeat another/,
  ],
  [
    "no UTF-8",
    "a.txt",
    Buffer.from([...Buffer.from(ON_ONE_LINE.join("\n")), 0xff]),
    {},
    /not UTF-8: byte \d+/,
  ],
  ["no JSON", "a.jsonl", "once\nupon", {}, /The first line of .* is not a JSON object/],
  [
    "no text field",
    "a.jsonl",
    json(STORIES),
    { field: "story" },
    /no text in the field "story"; its fields are id, text/,
  ],
  [
    "a choice of fields",
    "a.jsonl",
    '{"a":"x","b":"y"}',
    {},
    /text in the fields a, b. Name the one with the story: --field NAME/,
  ],
  [
    "an unknown format",
    "a.txt",
    ON_ONE_LINE.join("\n"),
    { stories: "line" },
    /Did you mean "lines"\?/,
  ],
  [
    "a damaged gzip file",
    "a.txt.gz",
    gzipSync(STORIES.join("\n")).subarray(0, 60),
    {},
    /truncated or damaged/,
  ],
];

for (const [what, name, content, options, message] of REFUSED)
  test(`refused in one sentence: ${what}`, async () => {
    await assert.rejects(survey(name, content, options), { name: "UserError", message });
  });

test("a file that is changed between finding and reading is refused", async () => {
  const file = fileOf("a.txt", STORIES.join("\n\n"));
  const place = openPlace(file);
  fs.appendFileSync(file, "more");
  await assert.rejects(surveyStories(place, {}, READING), /has changed while it was in use/);
});

test("a choice is the same after a look at the text and without one", async () => {
  const text = Array.from({ length: 60 }, (_, i) => `Tale ${i % 50} is told.`).join("\n");
  const [seen, unseen] = [placeOf("a.txt", text), placeOf("a.txt", text)];
  const choose = (place: typeof seen, seed: number) =>
    chooseStories(
      place,
      { format: "lines" },
      { train: 30, test: 7 },
      Streams.ofSeed(seed),
      READING,
    );
  await surveyStories(seen, { stories: "lines" }, READING);
  const chosen = await choose(seen, 0);
  assert.deepEqual(chosen, await choose(unseen, 0));
  assert.equal(new Set([...chosen.train, ...chosen.test]).size, 37);
  // Of another stream it is another one.
  assert.notDeepEqual((await choose(seen, 1)).test, chosen.test);
});
