import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { Checkpoints } from "../../lib/loop/checkpoints";
import { filesBelow } from "../../lib/store/files";
import { type EntryName, RunStore } from "../../lib/store/runStore";
import { verify } from "../../lib/store/verify";
import { bury } from "../support/killed";
import { memoryFolder } from "../support/temporary";

const { signal } = new AbortController();

/** Makes an entry with one file from others. */
async function make(
  store: RunStore,
  kind: "real" | "fit" | "block" | "evaluation",
  name: string,
  inputs: readonly EntryName[] = [],
  text = `text of ${name}`,
): Promise<EntryName & { folder: string }> {
  const draft = await store.begin(kind, { kind, name }, signal);
  assert.ok(draft);
  fs.mkdirSync(path.join(draft.folder, "deep"));
  fs.writeFileSync(path.join(draft.folder, "deep", "file.txt"), text);
  draft.commit({ value: text.length, note: "ü" }, inputs);
  return { kind, address: draft.address, folder: store.folder(kind, draft.address) };
}

/** real ← fit ← (block ← fit2, evaluation); beside them another real. */
async function family(store = RunStore.open(memoryFolder())) {
  const real = await make(store, "real", "data");
  const fit = await make(store, "fit", "1", [real]);
  const block = await make(store, "block", "1", [fit]);
  const evaluation = await make(store, "evaluation", "1", [fit]);
  const fit2 = await make(store, "fit", "2", [block]);
  const other = await make(store, "real", "other");
  return { store, real, fit, block, evaluation, fit2, other };
}

const found = (store: RunStore) =>
  Object.fromEntries(verify(store).map(({ path: place, why }) => [place, why]));

function flip(file: string, bit: number): () => void {
  const sound = fs.readFileSync(file);
  const bytes = Buffer.from(sound);
  bytes[(bit >> 3) % bytes.length] ^= 1 << (bit & 7);
  fs.writeFileSync(file, bytes);
  return () => fs.writeFileSync(file, sound);
}

test("a sound store has no findings; the manifest of each entry names what it was made from", async () => {
  const { store, real, fit } = await family();
  assert.deepEqual(verify(store), []);
  const { inputs } = store.use("fit", fit.address);
  assert.deepEqual(
    inputs.map(({ kind, address }) => ({ kind, address })),
    [{ kind: "real", address: real.address }],
  );
  assert.match(inputs[0].content, /^[0-9a-f]{64}$/);
});

test("any flipped bit in any file of an entry, its manifest included, is found by verify and refused by use", async () => {
  const { store, evaluation } = await family();
  const { folder, address } = evaluation;
  assert.deepEqual(filesBelow(folder), ["deep/file.txt", "manifest.json"]);
  for (const name of filesBelow(folder)) {
    const file = path.join(folder, name);
    fc.assert(
      fc.property(fc.nat(8 * fs.statSync(file).size - 1), (bit) => {
        const undo = flip(file, bit);
        try {
          assert.deepEqual(Object.keys(found(store)), [folder]);
          assert.throws(() => store.use("evaluation", address), { name: "UserError" });
        } finally {
          undo();
        }
        store.use("evaluation", address);
      }),
    );
  }
});

test("what was made from a damaged entry, directly or not, is found with it; nothing else is", async () => {
  const { store, real, fit, block, evaluation, fit2, other } = await family();
  flip(path.join(fit.folder, "deep", "file.txt"), 3);
  const from = ({ kind, address }: EntryName) =>
    `it was made from ${kind}/${address}, which is damaged`;
  assert.deepEqual(found(store), {
    [fit.folder]: "deep/file.txt does not have the recorded SHA-256",
    [block.folder]: from(fit),
    [evaluation.folder]: from(fit),
    [fit2.folder]: from(block),
  });
  for (const { kind, address } of [real, other]) store.use(kind, address);
});

test("an entry made from an input that has other contents now is refused, with all that was made from it", async () => {
  const { store, real, fit, block, fit2, other } = await family();
  fs.rmSync(real.folder, { recursive: true });
  // An input that is not stored any more says nothing against what was made from it.
  assert.deepEqual(verify(store), []);
  store.use("fit", fit.address);
  await make(store, "real", "data", [], "other data");
  const why = `it was made from another real/${real.address}`;
  assert.equal(found(store)[fit.folder], why);
  assert.equal(
    found(store)[fit2.folder],
    `it was made from block/${block.address}, which is damaged`,
  );
  assert.throws(
    () => store.use("fit", fit.address),
    (error: Error) => error.message.includes(why),
  );
  store.use("real", other.address);
});

test("a file or a folder that no manifest lists, and an entry in the place of another, are found", async () => {
  const { store, fit, block, other } = await family();
  fs.writeFileSync(path.join(other.folder, "deep", "more"), "");
  assert.equal(found(store)[other.folder], "it holds deep/more, which its manifest does not list");
  fs.rmSync(path.join(other.folder, "deep", "more"));
  const moved = store.folder("block", fit.address);
  fs.renameSync(fit.folder, moved);
  assert.match(found(store)[moved], /its address is not the hash/);
  fs.renameSync(moved, fit.folder);
  fs.rmSync(block.folder, { recursive: true });
  fs.cpSync(fit.folder, block.folder, { recursive: true });
  assert.match(found(store)[block.folder], /its address is not the hash/);
});

test("checkpoints of drafts are read too, unless a process is at work on them", async () => {
  const store = RunStore.open(memoryFolder());
  const draft = await store.begin("fit", { name: "unfinished" }, signal);
  assert.ok(draft);
  const state = { w: { shape: [1], data: Float64Array.of(1) } };
  new Checkpoints(draft.scratch).save({ step: 3, state }, []);
  const [name] = filesBelow(draft.scratch).filter((file) => file.startsWith("checkpoint"));
  flip(path.join(draft.scratch, name), 80);
  assert.deepEqual(verify(store), []);
  bury(store.drafts);
  assert.deepEqual(found(store), {
    [path.join(draft.scratch, name)]: "it does not have the SHA-256 in its name",
  });
});
