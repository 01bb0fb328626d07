import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import * as fs from "node:fs";
import * as path from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { projectRoot } from "../../lib/root";
import { addressOf } from "../../lib/store/address";
import { isOwned } from "../../lib/store/claim";
import { fileDigest } from "../../lib/store/fileDigest";
import { type Draft, RunStore } from "../../lib/store/runStore";
import { temporaryFolder } from "../support/temporary";

const { signal } = new AbortController();
const IDENTITY = { what: "rows", name: "test", seeds: 3 };

async function begun(store: RunStore, identity: Record<string, unknown> = IDENTITY) {
  const draft = await store.begin("rows", identity, signal);
  assert.ok(draft, "the entry is finished already");
  return draft;
}

const write = (draft: Draft, name: string, text: string) => {
  fs.mkdirSync(path.dirname(path.join(draft.folder, name)), { recursive: true });
  fs.writeFileSync(path.join(draft.folder, name), text);
};

test("an entry is there from its commit on, not before, under the hash of its identity", async () => {
  const store = RunStore.open(temporaryFolder());
  const address = addressOf(IDENTITY);
  const draft = await begun(store);
  write(draft, "rows.jsonl", "{}\n");
  assert.equal(draft.address, address);
  assert.equal(store.has("rows", address), false);
  assert.deepEqual(store.list("rows"), []);
  assert.throws(() => store.read("rows", address), /is damaged: its manifest cannot be read/);

  draft.commit({ rows: 1 });
  draft.release();
  assert.equal(store.has("rows", address), true);
  assert.deepEqual(store.list("rows"), [address]);
  assert.deepEqual(store.list("fit"), []);
  assert.equal(await store.begin("rows", IDENTITY, signal), undefined);
  assert.deepEqual(fs.readdirSync(store.drafts), []);
});

test("a manifest holds identity, result, and length and SHA-256 of every file, below folders too", async () => {
  const store = RunStore.open(temporaryFolder());
  const draft = await begun(store);
  write(draft, "b/c/deep.bin", "deep");
  write(draft, "a.txt", "");
  draft.commit({ loss: 0.25, note: "ü" });
  const manifest = store.read("rows", draft.address);
  assert.deepEqual(manifest.identity, IDENTITY);
  assert.deepEqual(manifest.result, { loss: 0.25, note: "ü" });
  const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
  assert.deepEqual(manifest.files, {
    "a.txt": { bytes: 0, sha256: sha256("") },
    "b/c/deep.bin": { bytes: 4, sha256: sha256("deep") },
  });
  const folder = store.folder("rows", draft.address);
  assert.deepEqual(fs.readdirSync(folder).sort(), ["a.txt", "b", "manifest.json"]);
  assert.equal(manifest.provenance.resumed, 0);
  assert.ok(Date.now() - Date.parse(manifest.provenance.finished) < 60_000);
  assert.ok(manifest.provenance.peakMemory > 1e6);
});

test("a released draft keeps its files and its time, and is taken up again", async () => {
  const store = RunStore.open(temporaryFolder());
  const first = await begun(store);
  write(first, "checkpoint", "half way");
  await sleep(30);
  const user = process.cpuUsage().user;
  while (process.cpuUsage().user < user + 20_000);
  first.saveTime();
  first.release();
  assert.equal(isOwned(path.join(store.drafts, first.address)), false);

  const second = await begun(store);
  assert.equal(fs.existsSync(first.folder), false);
  assert.equal(fs.readFileSync(path.join(second.folder, "checkpoint"), "utf8"), "half way");
  const { provenance, files } = second.commit({});
  assert.equal(provenance.resumed, 1);
  assert.ok(provenance.wallSeconds >= 0.03, `${provenance.wallSeconds} s`);
  const cpu = Number(provenance.cpuSeconds);
  assert.ok(cpu >= 0.02 && cpu < 10, `${cpu} s of the processor`);
  assert.deepEqual(Object.keys(files), ["checkpoint"]);
});

test("what a kill leaves of a write that it cut short is no part of the entry", async () => {
  const store = RunStore.open(temporaryFolder());
  const first = await begun(store);
  write(first, "model", "whole");
  write(first, "model.4321.tmp", "wh");
  write(first, "block/x.npy.4321.tmp", "x");
  write(first, "manifest.json", "{}");
  first.release();
  const { files } = (await begun(store)).commit({});
  assert.deepEqual(Object.keys(files), ["model"]);
  const left = fs.readdirSync(store.folder("rows", first.address), { recursive: true });
  assert.deepEqual(left.sort(), ["block", "manifest.json", "model"]);
});

test("a folder without a manifest, where an entry should be, gives way to the entry", async () => {
  const store = RunStore.open(temporaryFolder());
  const folder = store.folder("rows", addressOf(IDENTITY));
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, "rows.jsonl"), "of unknown origin");
  assert.deepEqual(store.list("rows"), []);
  const draft = await begun(store);
  write(draft, "rows.jsonl", "sound");
  draft.commit({});
  assert.equal(fs.readFileSync(path.join(folder, "rows.jsonl"), "utf8"), "sound");
});

test("of two that want the same entry the second waits and finds the first's result", async () => {
  const store = RunStore.open(temporaryFolder());
  const first = await begun(store);
  let arrived = false;
  const second = store.begin("rows", IDENTITY, signal).finally(() => {
    arrived = true;
  });
  await sleep(300);
  assert.equal(arrived, false);
  first.commit({ by: "first" });
  assert.equal(await second, undefined);
  assert.deepEqual(store.read("rows", first.address).result, { by: "first" });
  assert.deepEqual(fs.readdirSync(store.drafts), []);
});

test("across processes: a living owner is waited for, a killed one is replaced and its files kept", async () => {
  const store = RunStore.open(temporaryFolder());
  const maker = fork(path.join(__dirname, "maker.ts"), [store.root], {
    cwd: projectRoot(),
    execArgv: ["--require", "./lib/typescript.cjs"],
  });
  await once(maker, "message");
  const kept = store.begin("rows", { what: "rows", name: "kept" }, signal);
  const left = store.begin("rows", { what: "rows", name: "left" }, signal);
  const still = Symbol("still waiting");
  assert.equal(await Promise.race([kept, left, sleep(300, still)]), still);

  maker.send("commit");
  assert.equal(await kept, undefined);
  const address = addressOf({ what: "rows", name: "kept" });
  assert.deepEqual(store.read("rows", address).result, { from: maker.pid });

  assert.equal(await Promise.race([left, sleep(300, still)]), still);
  maker.kill("SIGKILL");
  const draft = await left;
  assert.equal(fs.readFileSync(path.join(draft?.folder ?? "", "checkpoint"), "utf8"), "half way");
  assert.equal(draft?.commit({}).provenance.resumed, 1);
});

test("waiting ends with Cancelled when the signal is aborted; the owner keeps its draft", async () => {
  const store = RunStore.open(temporaryFolder());
  const first = await begun(store);
  const controller = new AbortController();
  const second = store.begin("rows", IDENTITY, controller.signal);
  setTimeout(() => controller.abort(), 20);
  await assert.rejects(second, { name: "Cancelled", exitCode: 130 });
  assert.equal(isOwned(path.join(store.drafts, first.address)), true);
});

test("measure: length and SHA-256 of a file of any size, also beyond one piece", () => {
  const file = path.join(temporaryFolder(), "file");
  const check = (bytes: Uint8Array) => {
    fs.writeFileSync(file, bytes);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    assert.deepEqual(fileDigest(file), { bytes: bytes.length, sha256 });
  };
  fc.assert(fc.property(fc.uint8Array(), check), { numRuns: 30 });
  check(Buffer.alloc(2 ** 20 + 1, 7));
});

test("a manifest with a missing field names it; one whose file is gone names the file", async () => {
  const store = RunStore.open(temporaryFolder());
  const draft = await begun(store);
  write(draft, "rows.jsonl", "{}\n");
  draft.commit({});
  const folder = store.folder("rows", draft.address);
  const file = path.join(folder, "manifest.json");
  const sound = fs.readFileSync(file, "utf8");
  const read = () => store.read("rows", draft.address);

  const { provenance: _, ...rest } = JSON.parse(sound);
  fs.writeFileSync(file, JSON.stringify(rest));
  assert.throws(read, { name: "UserError", message: /its manifest is incomplete \(provenance\)/ });
  fs.writeFileSync(file, "null");
  assert.throws(read, { name: "UserError", message: /written in run-store format undefined/ });
  fs.writeFileSync(file, sound);
  fs.rmSync(path.join(folder, "rows.jsonl"));
  assert.throws(read, { message: /rows\.jsonl has no bytes instead of 3.*prune --damaged/ });
});
