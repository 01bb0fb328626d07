import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { gzipSync } from "node:zlib";
import { grammatical } from "../../../lib/data/grammar/stories";
import { findSource } from "../../../lib/data/source";
import type { LoadOptions, StoryCounts } from "../../../lib/data/text/index";
import { END_OF_STORY, loadStories, storyKey, TINY_STORIES } from "../../../lib/data/text/index";
import { UserError } from "../../../lib/errors";
import { Streams } from "../../../lib/random/streams";

const streams = Streams.ofSeed(3);
const ALL: StoryCounts = { train: "all", validation: "all" };
const V2 = TINY_STORIES["tinystories-v2"];

const root = mkdtempSync(join(tmpdir(), "collapse-lab-stories-"));
after(() => rmSync(root, { recursive: true }));
let folders = 0;

/** Options of a cache that holds these two files as TinyStories V2. */
function cached(train: string[], validation: string[], packed = false): LoadOptions {
  const cache = join(root, String(folders++));
  mkdirSync(join(cache, "tinystories"), { recursive: true });
  for (const [{ file }, stories] of [
    [V2.train, train],
    [V2.validation, validation],
  ] as const) {
    const text = stories.map((story) => `${story}\n${END_OF_STORY}\n`).join("");
    const path = join(cache, "tinystories", file);
    if (packed) writeFileSync(`${path}.gz`, gzipSync(text));
    else writeFileSync(path, text);
  }
  return { cache, mirrors: [] };
}

async function list(stories: AsyncIterable<string>): Promise<string[]> {
  const found: string[] = [];
  for await (const story of stories) found.push(story);
  return found;
}

async function refused(promise: Promise<unknown>, message: RegExp): Promise<void> {
  await assert.rejects(promise, (error) => {
    assert.ok(error instanceof UserError, String(error));
    assert.match(error.message, message);
    return true;
  });
}

for (const packed of [false, true])
  test(`both splits are read, any number of times, from ${packed ? "gzip" : "plain"} files`, async () => {
    const options = cached(["One.", "Two.", "Three."], ["Four.", "Five."], packed);
    const stories = await loadStories("tinystories-v2", ALL, streams, options);
    for (let walk = 0; walk < 2; walk++) {
      assert.deepEqual(await list(stories.train()), ["One.", "Two.", "Three."]);
      assert.deepEqual(await list(stories.validation()), ["Four.", "Five."]);
    }
    assert.deepEqual(stories.counts, { train: 3, validation: 2 });
    const sha256 = createHash("sha256")
      .update(["Four.", "Five."].map((story) => `${story}\n${END_OF_STORY}\n`).join(""))
      .digest("hex");
    assert.equal(stories.checksums[V2.validation.file], sha256);
    assert.equal(stories.description, "TinyStories V2 (3 / 2 stories; checksums unverified)");
  });

test("a number takes the first stories of the file; more than there are is refused", async () => {
  const options = cached(["One.", "", "Two.", "Three."], ["Four.", "Five."]);
  const counts = { train: 2, validation: 1 };
  const stories = await loadStories("tinystories-v2", counts, streams, options);
  assert.deepEqual(await list(stories.train()), ["One.", "Two."]);
  assert.deepEqual(await list(stories.validation()), ["Four."]);
  assert.match(stories.description, /\(2 \/ 1 stories; 1 empty stories skipped; /);
  const more = { train: 4, validation: 1 };
  await refused(
    loadStories("tinystories-v2", more, streams, options),
    /V2-GPT4-train\.txt has 3 training stories; 4 were requested/,
  );
});

test("training stories that are held out too are refused with their number, or left out", async () => {
  const options = cached(["One day.", "Two.", "one, DAY", "Three."], ["Zero.", "ONE — day!"]);
  await refused(
    loadStories("tinystories-v2", ALL, streams, options),
    /^2 of the 4 training stories in .*train\.txt are also among the 2 validation .*"One day\.…"/,
  );
  const leaveOut = { ...options, overlap: "leave out" } as const;
  const stories = await loadStories("tinystories-v2", ALL, streams, leaveOut);
  assert.deepEqual(await list(stories.train()), ["Two.", "Three."]);
  assert.deepEqual(await list(stories.train()), ["Two.", "Three."]);
  assert.match(
    stories.description,
    /\(2 \/ 2 stories; 2 training stories left out because they are held out/,
  );
  // The overlap lies behind the stories that are used.
  const apart = cached(["Two.", "Three.", "One."], ["Zero.", "One."]);
  await loadStories("tinystories-v2", { train: 2, validation: 2 }, streams, apart);
  await loadStories("tinystories-v2", { train: 3, validation: 1 }, streams, apart);
  await refused(
    loadStories("tinystories-v2", { train: 3, validation: 2 }, streams, apart),
    /^1 of the 3 training stories/,
  );
});

test("an empty split is refused by name", async () => {
  for (const nothing of [[], ["", "  "]]) {
    const held = cached(["One."], nothing);
    await refused(
      loadStories("tinystories-v2", ALL, streams, held),
      /validation split is empty: .*valid\.txt contains no stories/,
    );
    const train = cached(nothing, ["One."]);
    await refused(
      loadStories("tinystories-v2", ALL, streams, train),
      /training split is empty: .*train\.txt contains no stories/,
    );
  }
});

test("counts and names are checked before anything is read", async () => {
  const nowhere = { cache: join(root, "nowhere"), mirrors: [] };
  for (const train of [0, -1, 1.5, Number.NaN])
    await refused(
      loadStories("tinystories", { train, validation: 1 }, streams, nowhere),
      /number of train stories must be a whole number from 1 on or "all"/,
    );
  await refused(
    loadStories("tinystory" as "tinystories", ALL, streams, nowhere),
    /no story data set "tinystory"\. Did you mean "tinystories"/,
  );
  await refused(loadStories("grammar", ALL, streams), /unlimited stories/);
  await refused(
    loadStories("tinystories", ALL, streams, nowhere),
    /two ways to get it:[\s\S]*no address of its own: data\/README\.md/,
  );
});

test("a file that is not UTF-8 is refused with its place", async () => {
  const options = cached(["One."], ["Two."]);
  const path = findSource(V2.train, options) ?? "";
  writeFileSync(path, Buffer.from([0x4f, 0x6b, 0xe9, 0x21]));
  await refused(
    loadStories("tinystories-v2", ALL, streams, options),
    /V2-GPT4-train\.txt is not UTF-8: byte 2 /,
  );
});

test("drawn stories are stories of the grammar, the same at each walk, other ones in each split", async () => {
  const counts = { train: 50, validation: 20 };
  const stories = await loadStories("grammar", counts, streams);
  const train = await list(stories.train());
  assert.equal(train.length, 50);
  assert.ok(train.every(grammatical));
  assert.deepEqual(await list(stories.train()), train);
  const validation = await list(stories.validation());
  assert.equal(validation.length, 20);
  assert.notDeepEqual(validation, train.slice(0, 20));
  const more = await loadStories("grammar", { train: 60, validation: 20 }, streams);
  assert.deepEqual((await list(more.train())).slice(0, 50), train);
  const other = await loadStories("grammar", counts, Streams.ofSeed(4));
  assert.notDeepEqual(await list(other.train()), train);
  assert.equal(stories.description, "story grammar (50 / 20 stories)");
  assert.deepEqual(stories.checksums, {});
});

test("an abort stops reading and drawing with its reason", async () => {
  const signal = AbortSignal.abort(new Error("enough"));
  const options = { ...cached(["One."], ["Two."]), signal };
  await assert.rejects(loadStories("tinystories-v2", ALL, streams, options), /enough/);
  const stories = await loadStories("grammar", { train: 1, validation: 1 }, streams, { signal });
  await assert.rejects(list(stories.train()), /enough/);
});

test("stories are the same if their letters and digits are, whatever the case", () => {
  const same = (a: string, b: string) => assert.equal(storyKey(a), storyKey(b), `${a} | ${b}`);
  const different = (a: string, b: string) =>
    assert.notEqual(storyKey(a), storyKey(b), `${a} | ${b}`);
  same("Once, upon a time!", "once upon  A\nTIME");
  same("Zoë ÄÖÜ 猫 🦊", "zoë…äöü猫");
  same("7 cats", "7cats");
  different("7 cats", "8 cats");
  different("Zoe", "Zoë");
  different("...", "!!!");
  different("a".repeat(200_000), "a".repeat(200_001));
  same("İ".repeat(70_000), "i\u0307".repeat(70_000));
});

const absent = findSource(TINY_STORIES.tinystories.train) === undefined;

test("the TinyStories excerpt: 10,139 and 3,117 stories, none in both", {
  skip: absent && "the excerpt of TinyStories is not here; set COLLAPSE_LAB_DATA",
}, async () => {
  const stories = await loadStories("tinystories", ALL, streams);
  assert.deepEqual(stories.counts, { train: 10_139, validation: 3_117 });
  assert.equal(stories.description, "TinyStories excerpt (10,139 / 3,117 stories)");
  assert.deepEqual(stories.checksums, {
    "train.txt": TINY_STORIES.tinystories.train.sha256,
    "valid.txt": TINY_STORIES.tinystories.validation.sha256,
  });
});
