import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { test } from "node:test";
import { gaussianTask } from "../../lib/experiments/toy/gaussian";
import { chain } from "../../lib/loop/chain";
import { inProcess } from "../../lib/loop/inProcess";
import { runChains } from "../../lib/loop/runChains";
import { accumulate, replace } from "../../lib/pool/regimes";
import { addressOf } from "../../lib/store/address";
import { KINDS } from "../../lib/store/manifest";
import { type EntryName, type Kind, RunStore } from "../../lib/store/runStore";
import { memoryFolder } from "../support/temporary";
import { command } from "./inProcess";

// Two seeds × (iteration 1, and iteration 2 under replace and under accumulate): 6 generations.
const SEEDS = [0, 1];
const GENERATIONS = 6;
// A fit, a block and an evaluation each; real data of each seed; rows.
const ENTRIES = 3 * GENERATIONS + SEEDS.length + 1;
const { signal } = new AbortController();

const pristine = memoryFolder();
const ready = fill(RunStore.open(pristine));

async function fill(made: RunStore): Promise<void> {
  const chains = SEEDS.flatMap((seed) =>
    [replace, accumulate].map((regime) =>
      chain({
        task: gaussianTask,
        config: { data: { trainItems: 9 } },
        regime,
        seed,
        iterations: 2,
      }),
    ),
  );
  await runChains(chains, { store: made, executor: inProcess() });
  const rows = await made.begin("rows", { what: "rows", name: "sweep" }, signal);
  if (!rows) return;
  fs.writeFileSync(path.join(rows.folder, "rows.jsonl"), '{"n":1}\n{"n":2}\n');
  rows.commit({ rows: 2 });
}

/** A fresh copy of that store, as the one that commands work on. */
async function copy(): Promise<RunStore> {
  await ready;
  const folder = path.join(memoryFolder(), "store");
  fs.cpSync(pristine, folder, { recursive: true });
  process.env.COLLAPSE_LAB_RUNS = folder;
  return RunStore.open();
}

const entry = (store: RunStore, kind: Kind) => store.folder(kind, store.list(kind).sort()[0]);
const block = (store: RunStore) => entry(store, "block");

/** Names of all entries, and of those that one was made from. */
const names = (store: RunStore) =>
  KINDS.flatMap((kind) => store.list(kind).map((address) => ({ kind, address })));
const inputs = (store: RunStore, { kind, address }: EntryName) =>
  store.read(kind, address).inputs.map((input) => `${input.kind}/${input.address}`);

/** Blocks from which nothing was made. */
function lastBlocks(store: RunStore): string[] {
  const used = new Set(names(store).flatMap((name) => inputs(store, name)));
  return store.list("block").filter((address) => !used.has(`block/${address}`));
}

/** Changes one byte of a file and not its length. */
function flip(file: string): void {
  const bytes = fs.readFileSync(file);
  bytes[bytes.length - 1] ^= 1;
  fs.writeFileSync(file, bytes);
}

function snapshot({ root }: RunStore): string[] {
  return (fs.readdirSync(root, { recursive: true }) as string[]).sort();
}

async function draft(store: RunStore, name: string) {
  const begun = await store.begin("rows", { what: "rows", name }, signal);
  assert.ok(begun);
  fs.writeFileSync(path.join(begun.folder, "checkpoint"), "half way");
  return begun;
}

test("runs lists every generation with seed, iteration and metrics, its stages below it, data, rows", async () => {
  await copy();
  for (const args of [["runs"], ["runs", "list"]]) {
    const { lines, code } = await command(...args);
    assert.equal(code, 0);
    assert.equal(lines.length, GENERATIONS + ENTRIES);
    const kinds = ["fit       ", "block     ", "evaluation"];
    for (const [i, line] of lines.entries())
      if (line.slice(13).startsWith("generation "))
        assert.deepEqual(
          lines
            .slice(i + 1, i + 4)
            .map((stage) => stage.replace(/^ {2}[0-9a-f]{12} (.{10}).*$/, "$1")),
          kinds,
        );
    const generations = lines.filter((line) => line.slice(13).startsWith("generation "));
    assert.equal(generations.length, GENERATIONS);
    for (const seed of SEEDS)
      for (const [n, count] of [
        [1, 1],
        [2, 2],
      ])
        assert.equal(
          generations.filter((line) =>
            new RegExp(`gaussian: seed ${seed}, iteration ${n}, \\{"loss":\\d`).test(line),
          ).length,
          count,
        );
    assert.equal(lines.filter((l) => l.endsWith("gaussian: 9 draws from N(0, 1)")).length, 2);
    assert.equal(lines.filter((line) => line.endsWith("sweep: 2 rows")).length, 1);
  }
});

test("runs list --json: one object a line with address, kind, bytes, identity, result, making", async () => {
  const store = await copy();
  (await draft(store, "unfinished")).release();
  const { lines, code } = await command("runs", "list", "--json");
  assert.equal(code, 0);
  const entries = lines.map((line) => JSON.parse(line));
  assert.equal(entries.length, ENTRIES);
  for (const entry of entries) {
    assert.deepEqual(Object.keys(entry).sort(), [
      ...["address", "bytes", "identity", "kind", "provenance", "result"],
    ]);
    assert.equal(addressOf(entry.identity), entry.address);
  }
  const rows = entries.find(({ kind }) => kind === "rows");
  assert.equal(rows.bytes, 16);
});

test("runs list counts what is unfinished, and shows what it can beside an unreadable entry", async () => {
  const store = await copy();
  (await draft(store, "unfinished")).release();
  const folder = block(store);
  fs.truncateSync(path.join(folder, "manifest.json"), 40);
  const { lines, sentence, code } = await command("runs");
  assert.equal(code, 1);
  assert.equal(lines.length, GENERATIONS + ENTRIES - 1 + 1);
  assert.equal(lines.at(-1), "1 unfinished (resumed by a rerun)");
  assert.ok(sentence.includes(folder) && /is damaged/.test(sentence), sentence);
});

test("runs explain prints folder and manifest of the entry whose address starts so", async () => {
  const store = await copy();
  const folder = block(store);
  const { lines, code } = await command("runs", "explain", path.basename(folder).slice(0, 12));
  assert.equal(code, 0);
  assert.equal(lines[0], folder);
  const manifest = JSON.parse(lines.slice(1).join("\n"));
  assert.deepEqual(manifest, store.read("block", path.basename(folder)));
  assert.equal(manifest.identity.task, "gaussian");
});

test("runs explain with the start of several addresses lists these and what they are", async () => {
  const store = await copy();
  const addresses = KINDS.flatMap((kind) => store.list(kind));
  // Of more than 16 addresses, two begin with the same digit.
  const shared = [..."0123456789abcdef"].find(
    (digit) => addresses.filter((address) => address.startsWith(digit)).length > 1,
  )!;
  const matching = addresses.filter((address) => address.startsWith(shared));
  const { sentence, code } = await command("runs", "explain", shared);
  assert.equal(code, 1);
  assert.match(sentence, new RegExp(`^${matching.length} addresses start with "${shared}"`));
  assert.deepEqual(
    sentence
      .split("\n")
      .slice(1)
      .map((line) => line.split(" ")[0])
      .sort(),
    matching.sort(),
  );
});

test("runs explain without an address, or with one that is not there, is a sentence", async () => {
  await copy();
  assert.match((await command("runs", "explain")).sentence, /needs an address/);
  const { sentence, code } = await command("runs", "explain", "zzz");
  assert.equal(sentence, `No entry's address starts with "zzz". npm run runs lists them.`);
  assert.equal(code, 1);
  assert.match(
    (await command("runs", "lst")).sentence,
    /^runs has no command "lst"\. Did you mean "list"\?$/,
  );
});

test("runs verify finds nothing in a sound store and a single flipped bit in any file", async () => {
  const store = await copy();
  const sound = await command("runs", "verify");
  assert.equal(sound.code, 0);
  assert.match(sound.lines.join(), /^Every file of every entry has its recorded length/);
  for (const [kind, name] of [
    ["fit", "model.safetensors"],
    ["block", path.join("items", "x.npy")],
  ] as const) {
    const folder = entry(store, kind);
    const file = path.join(folder, name);
    flip(file);
    const { lines, sentence, code } = await command("runs", "verify");
    assert.equal(code, 1);
    const [first, ...others] = lines;
    assert.equal(
      first,
      `${folder}: ${name.split(path.sep).join("/")} does not have the recorded SHA-256`,
    );
    for (const line of others) assert.match(line, /: it was made from .*, which is damaged$/);
    assert.match(
      sentence,
      /^\d+ damaged (entry|entries); npm run runs -- prune --damaged --yes removes what is damaged\.$/,
    );
    flip(file);
  }
});

test("runs verify finds a changed identity and a folder that lost its manifest", async () => {
  const store = await copy();
  const [first, second] = lastBlocks(store);
  const changed = path.join(store.folder("block", first), "manifest.json");
  fs.writeFileSync(changed, fs.readFileSync(changed, "utf8").replace('"seed": ', '"seed": 1'));
  fs.rmSync(path.join(store.folder("block", second), "manifest.json"));
  const { lines, code } = await command("runs", "verify");
  assert.equal(code, 1);
  assert.equal(lines.length, 2);
  assert.match(lines.join("\n"), /its manifest does not have the checksum it states/);
  assert.match(lines.join("\n"), /its manifest cannot be read/);
});

test("runs prune --damaged lists, removes with --yes just that entry", async () => {
  const store = await copy();
  const folder = store.folder("block", lastBlocks(store)[0]);
  flip(path.join(folder, "items", "x.npy"));
  const before = snapshot(store);
  const listed = await command("runs", "prune", "--damaged");
  assert.equal(listed.code, 0);
  assert.deepEqual(listed.lines, [
    `would remove ${folder} (items/x.npy does not have the recorded SHA-256)`,
    "Add --yes to remove.",
  ]);
  assert.deepEqual(snapshot(store), before);

  const removed = await command("runs", "prune", "--damaged", "--yes");
  assert.equal(removed.code, 0);
  assert.equal(removed.lines.length, 1);
  assert.equal(fs.existsSync(folder), false);
  assert.equal(store.list("block").length, GENERATIONS - 1);
  assert.equal((await command("runs", "verify")).code, 0);
  assert.deepEqual((await command("runs", "prune", "--damaged")).lines, ["Nothing to remove."]);
});

test("runs prune --drafts takes unfinished work, but never what a living process is busy with", async () => {
  const store = await copy();
  const left = await draft(store, "left");
  left.release();
  const busy = await draft(store, "busy");
  const { lines } = await command("runs", "prune", "--drafts", "--yes");
  assert.deepEqual(lines, [`removed ${path.join(store.drafts, left.address)} (unfinished)`]);
  assert.deepEqual(fs.readdirSync(store.drafts), [busy.address]);
  assert.equal(store.list("block").length, GENERATIONS);
  assert.equal(busy.commit({ rows: 0 }).files.checkpoint.bytes, 8);
});

test("runs prune --all refuses while a process is at work, and leaves what is not the store's", async () => {
  const store = await copy();
  const own = path.join(store.root, "thesis.txt");
  fs.writeFileSync(own, "mine");
  const busy = await draft(store, "busy");
  const refused = await command("runs", "prune", "--all", "--yes");
  assert.equal(refused.code, 1);
  assert.ok(refused.sentence.includes(path.join(store.drafts, busy.address)), refused.sentence);
  assert.equal(store.list("block").length, GENERATIONS);

  busy.release();
  assert.equal((await command("runs", "prune", "--all")).lines.at(-1), "Add --yes to remove.");
  assert.equal(store.list("block").length, GENERATIONS);
  assert.equal((await command("runs", "prune", "--all", "--yes")).code, 0);
  assert.deepEqual(snapshot(store), ["store.json", "thesis.txt"]);
  assert.deepEqual((await command("runs")).lines, []);
});

test("runs prune without saying what is a sentence that names the choices", async () => {
  await copy();
  const { sentence, code } = await command("runs", "prune", "--yes");
  assert.equal(code, 1);
  assert.match(sentence, /--damaged, --drafts or --all/);
});

test("runs prune --damaged takes what was made from a damaged entry along; a rerun makes all of it anew", async () => {
  const store = await copy();
  const results = () =>
    Object.fromEntries(
      names(store).map(({ kind, address }) => [address, store.read(kind, address).result]),
    );
  const before = results();
  const lasts = lastBlocks(store);
  const first = store.list("block").find((address) => !lasts.includes(address)) as string;
  // All that was made from it: fits of iteration 2 under two regimes, a block and an evaluation of each.
  const gone = new Set([`block/${first}`]);
  for (let size = 0; size !== gone.size; ) {
    size = gone.size;
    for (const name of names(store))
      if (inputs(store, name).some((input) => gone.has(input)))
        gone.add(`${name.kind}/${name.address}`);
  }
  assert.ok(gone.size >= 1 + 2 * 3);
  flip(path.join(store.folder("block", first), "items", "x.npy"));
  const { lines } = await command("runs", "prune", "--damaged", "--yes");
  assert.equal(lines.length, gone.size);
  assert.deepEqual(
    names(store).filter(({ kind, address }) => gone.has(`${kind}/${address}`)),
    [],
  );
  assert.equal((await command("runs", "verify")).code, 0);
  await fill(store);
  assert.deepEqual(results(), before);
});

test("runs on a store that does not exist, or in a folder that is not one, is a sentence and makes nothing", async () => {
  const folder = memoryFolder();
  process.env.COLLAPSE_LAB_RUNS = path.join(folder, "typo");
  for (const words of [["list"], ["verify"], ["prune", "--all"]]) {
    const { sentence, code } = await command("runs", ...words);
    assert.equal(code, 1);
    assert.match(sentence, /^There is no run store at .*typo\. .*COLLAPSE_LAB_RUNS/);
  }
  assert.deepEqual(fs.readdirSync(folder), []);
  process.env.COLLAPSE_LAB_RUNS = folder;
  assert.equal((await command("runs", "verify")).code, 0);
  fs.writeFileSync(path.join(folder, "thesis.txt"), "mine");
  const { sentence } = await command("runs", "verify");
  assert.match(sentence, /is not a run store: it has no store\.json\./);
  assert.deepEqual(fs.readdirSync(folder), ["thesis.txt"]);
});
