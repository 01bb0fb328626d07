import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import * as path from "node:path";
import { mock, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { disown, isOwned, OWNER, own } from "../../lib/store/owner";
import { temporaryFolder } from "../support/temporary";

const { signal } = new AbortController();
const never = () => false;

/** What this process writes as owner, changed. */
async function ownerFile(change: object = {}): Promise<{ folder: string; file: string }> {
  const folder = path.join(temporaryFolder(), "draft");
  assert.equal(await own(folder, never, signal), true);
  const file = path.join(folder, OWNER);
  const mine = JSON.parse(fs.readFileSync(file, "utf8"));
  fs.writeFileSync(file, JSON.stringify({ ...mine, ...change }));
  return { folder, file };
}

const pidIn = (file: string) => JSON.parse(fs.readFileSync(file, "utf8")).pid;

/** Waits half a second at most for a draft to be owned. */
async function ownedSoon(folder: string): Promise<boolean> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), 500);
  try {
    return await own(folder, never, controller.signal);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}

test("a folder is owned from own() to disown(), and holds the owner's file alone", async () => {
  const { folder } = await ownerFile();
  assert.equal(isOwned(folder), true);
  assert.deepEqual(fs.readdirSync(folder), [OWNER]);
  disown(folder);
  assert.equal(isOwned(folder), false);
  assert.equal(await ownedSoon(folder), true);
});

test("what is finished is not owned, and no folder is made for it", async () => {
  const folder = path.join(temporaryFolder(), "draft");
  assert.equal(await own(folder, () => true, signal), false);
  assert.equal(fs.existsSync(folder), false);
});

test("an owner that is no process any more, or whose file is unreadable, is replaced", async () => {
  const dead = spawn(process.execPath, ["--version"], { stdio: "ignore" });
  await once(dead, "exit");
  const { folder, file } = await ownerFile({ pid: dead.pid });
  assert.equal(isOwned(folder), false);
  assert.equal(await ownedSoon(folder), true);
  assert.equal(pidIn(file), process.pid);
  fs.writeFileSync(file, "{");
  assert.equal(await ownedSoon(folder), true);
  assert.equal(pidIn(file), process.pid);
});

test("a process number that another process has now is not the old owner: its start differs", {
  skip: process.platform !== "linux" && "start times are read from /proc",
}, async () => {
  for (const pid of [process.pid, process.ppid]) {
    const { folder } = await ownerFile({ pid, started: "1" });
    assert.equal(isOwned(folder), false);
    assert.equal(await ownedSoon(folder), true);
  }
});

test("a process that ended but was never waited for (a zombie) is no living owner", {
  skip: process.platform !== "linux" && "states are read from /proc",
}, async () => {
  // The shell becomes `sleep`, which never asks after the child it inherits.
  const parent = spawn("sh", ["-c", "sleep 1 & echo $!; exec sleep 20"]);
  try {
    const [said] = await once(parent.stdout, "data");
    const pid = Number(String(said));
    const stat = () => fs.readFileSync(`/proc/${pid}/stat`, "utf8").split(" ");
    const { folder } = await ownerFile({ pid, started: stat()[21] });
    assert.equal(isOwned(folder), true);
    for (let i = 0; i < 100 && stat()[2] !== "Z"; i++) await sleep(20);
    assert.equal(stat()[2], "Z");
    assert.equal(isOwned(folder), false);
    assert.equal(await ownedSoon(folder), true);
  } finally {
    parent.kill("SIGKILL");
  }
});

test("of two that find the same dead owner only one takes its place", {
  skip: process.platform !== "linux" && "start times are read from /proc",
}, async () => {
  const { folder, file } = await ownerFile({ started: "1" });
  const stat = fs.readFileSync(`/proc/${process.ppid}/stat`, "utf8");
  const started = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  const other = await ownerFile({ pid: process.ppid, started });
  assert.equal(isOwned(other.folder), true);
  // Right after this process has seen that the owner is dead, another one takes the folder.
  const read = fs.readFileSync;
  let seen = false;
  const mocked = mock.method(fs, "readFileSync", ((...args: Parameters<typeof read>) => {
    const content = read(...args);
    if (args[0] === file && !seen) {
      seen = true;
      fs.renameSync(other.file, file);
    }
    return content;
  }) as typeof read);
  try {
    assert.equal(await ownedSoon(folder), false);
  } finally {
    mocked.mock.restore();
  }
  assert.equal(seen, true);
  assert.equal(pidIn(file), process.ppid);
  assert.deepEqual(fs.readdirSync(folder), [OWNER]);
});
