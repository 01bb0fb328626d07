import assert from "node:assert/strict";
import fs from "node:fs";
import * as path from "node:path";
import { mock, test } from "node:test";
import { RunStore } from "../../lib/store/runStore";
import { memoryFolder, temporaryFolder } from "../support/temporary";

const { signal } = new AbortController();

function opening(place: string): () => RunStore {
  return () => {
    const before = process.env.COLLAPSE_LAB_RUNS;
    process.env.COLLAPSE_LAB_RUNS = place;
    try {
      return RunStore.open();
    } finally {
      if (before === undefined) delete process.env.COLLAPSE_LAB_RUNS;
      else process.env.COLLAPSE_LAB_RUNS = before;
    }
  };
}

const sentence = (message: RegExp) => ({ name: "UserError", message });

test("a store is where COLLAPSE_LAB_RUNS says, and is made there", () => {
  const folder = path.join(temporaryFolder(), "not", "yet");
  assert.equal(opening(folder)().root, folder);
  const store = fs.readFileSync(path.join(folder, "store.json"), "utf8");
  assert.deepEqual(JSON.parse(store), { format: 3 });
});

test("a relative store is one place, wherever the process and its children are", () => {
  const folder = fs.realpathSync(temporaryFolder());
  const before = process.cwd();
  process.chdir(folder);
  try {
    assert.equal(RunStore.open("rel").root, path.join(folder, "rel"));
    assert.equal(RunStore.openExisting("rel").root, path.join(folder, "rel"));
  } finally {
    process.chdir(before);
  }
});

test("each way in which COLLAPSE_LAB_RUNS can be wrong is one sentence that names the remedy", () => {
  const folder = temporaryFolder();
  const file = path.join(folder, "file");
  fs.writeFileSync(file, "");
  const dangling = path.join(folder, "dangling");
  fs.symlinkSync(path.join(folder, "nowhere"), dangling);
  const circle = path.join(folder, "circle");
  fs.symlinkSync(circle, circle);
  const cases: [string, RegExp][] = [
    ["", /^COLLAPSE_LAB_RUNS is empty\. Set it to the folder/],
    [file, /file.* cannot be used: a part of that path is a file, not a folder\./],
    [path.join(file, "runs"), /cannot be used: a part of that path is a file, not a folder\./],
    [dangling, /dangling is a symbolic link to a folder that does not exist\. Make that folder/],
    [circle, /cannot be used: its symbolic links go in a circle\./],
    [path.join(folder, "x".repeat(300)), /cannot be used: the path is too long\./],
    ["/proc/collapse-lab", /^\/proc\/collapse-lab/],
  ];
  const before = fs.readdirSync(folder);
  for (const [place, message] of cases) {
    assert.throws(opening(place), sentence(message), place);
    assert.throws(opening(place), /COLLAPSE_LAB_RUNS/, place);
  }
  assert.deepEqual(fs.readdirSync(folder), before);
});

/** Lets every call that changes the file system fail, as on a read-only or foreign one. */
async function refusing(code: string, work: () => Promise<void>): Promise<void> {
  const names = ["mkdirSync", "writeFileSync", "linkSync", "renameSync", "writeSync"] as const;
  const mocks = names.map((name) =>
    mock.method(fs, name, (...args: unknown[]) => {
      throw Object.assign(new Error(`${code}: refused`), { code, path: String(args[0]) });
    }),
  );
  try {
    await work();
  } finally {
    for (const { mock: its } of mocks) its.restore();
  }
}

test("a store that cannot be written can be read; work to do there is one sentence", async () => {
  const store = RunStore.open(memoryFolder());
  const draft = await store.begin("rows", { name: "done" }, signal);
  draft?.commit({ rows: 0 });
  const codes: [string, RegExp][] = [
    ["EROFS", /its file system is read-only\./],
    ["EACCES", /permission denied\./],
    ["EPERM", /not permitted/],
  ];
  for (const [code, message] of codes)
    await refusing(code, async () => {
      const again = RunStore.open(store.root);
      assert.equal(await again.begin("rows", { name: "done" }, signal), undefined);
      assert.deepEqual(again.use("rows", again.list("rows")[0]).result, { rows: 0 });
      await assert.rejects(again.begin("rows", { name: "to do" }, signal), sentence(message));
      assert.throws(() => RunStore.open(path.join(store.root, "new")), sentence(message));
    });
});

test("an entry that may not be read is not called damaged, and its removal is not advised", async () => {
  const store = RunStore.open(memoryFolder());
  const draft = await store.begin("rows", { name: "mine" }, signal);
  draft?.commit({ rows: 0 });
  const [address] = store.list("rows");
  const read = fs.readFileSync;
  const mocked = mock.method(fs, "readFileSync", ((...args: Parameters<typeof read>) => {
    const file = String(args[0]);
    if (!file.endsWith("manifest.json")) return read(...args);
    throw Object.assign(new Error("EACCES: permission denied"), { code: "EACCES", path: file });
  }) as typeof read);
  try {
    assert.throws(
      () => store.use("rows", address),
      (error: Error) => {
        assert.match(error.message, /manifest\.json cannot be used: permission denied\./);
        assert.doesNotMatch(error.message, /damaged|[Rr]emove/);
        return true;
      },
    );
  } finally {
    mocked.mock.restore();
  }
});

test("a full disk at any call of begin and commit is one sentence, and a rerun ends well", async () => {
  const names = [
    ...[
      "mkdirSync",
      "openSync",
      "writeFileSync",
      "writeSync",
      "fsyncSync",
      "linkSync",
      "renameSync",
    ],
  ] as const;
  let tries = 0;
  for (let k = 1, failed = true; failed; k++) {
    const folder = memoryFolder();
    let store = RunStore.open(folder);
    let calls = 0;
    const mocks = names.map((name) => {
      const real = fs[name as "writeFileSync"] as (...args: unknown[]) => void;
      return mock.method(fs, name as "writeFileSync", (...args: unknown[]) => {
        if (++calls === k)
          throw Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
        return real(...args);
      });
    });
    const make = async () => {
      const draft = await store.begin("rows", { name: "rows" }, signal);
      try {
        draft?.commit({ rows: 0 });
      } finally {
        draft?.release();
      }
    };
    try {
      await make();
      failed = calls >= k;
    } catch (error) {
      assert.equal((error as Error).name, "UserError", `call ${k}: ${(error as Error).stack}`);
      assert.match((error as Error).message, /^The disk that holds .* is full\. Free some space/);
      tries += 1;
    } finally {
      for (const { mock: its } of mocks) its.restore();
    }
    store = RunStore.open(folder);
    await make();
    assert.equal(store.list("rows").length, 1);
    assert.deepEqual(fs.readdirSync(store.drafts), []);
  }
  assert.ok(tries > 15, `${tries} failures`);
});
