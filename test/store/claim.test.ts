import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import * as path from "node:path";
import { mock, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type Claim, claim, isOwned, sweep } from "../../lib/store/claim";
import { temporaryFolder } from "../support/temporary";

const { signal } = new AbortController();
const never = () => false;
const onLinux = { skip: process.platform !== "linux" && "start times are read from /proc" };

const placeOf = () => path.join(temporaryFolder(), "draft");
const fileIn = (place: string) => path.join(place, "owner-000001.json");
const readIn = (file: string) => JSON.parse(fs.readFileSync(file, "utf8"));
const files = (place: string) => fs.readdirSync(place).sort();

async function claimed(place: string): Promise<Claim> {
  const held = await claim(place, never, signal);
  assert.ok(held);
  return held;
}

/** A place that this process owns, its claim file changed. */
async function placeWith(change: object, age = 0): Promise<string> {
  const place = placeOf();
  await claimed(place);
  const file = fileIn(place);
  fs.writeFileSync(file, JSON.stringify({ ...readIn(file), ...change }));
  const seconds = Date.now() / 1000 - age;
  fs.utimesSync(file, seconds, seconds);
  return place;
}

/** Waits half a second at most for a claim. */
async function claimSoon(place: string): Promise<Claim | undefined> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), 500);
  try {
    return await claim(place, never, controller.signal);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}

/** What the kernel says about a process: its state and when it started. */
function statOf(pid: number): { state: string; started: string } {
  const stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return { state: fields[0], started: fields[19] };
}

test("a place is owned from claim() to release() or finish(); the first leaves the folder, the second nothing", async () => {
  const place = placeOf();
  const first = await claimed(place);
  assert.equal(isOwned(place), true);
  assert.deepEqual(files(place), ["owner-000001.json"]);
  fs.mkdirSync(first.folder);
  first.release();
  first.release();
  assert.equal(isOwned(place), false);
  assert.deepEqual(files(place), [path.basename(first.folder), "owner-000001.free.json"].sort());

  const second = await claimed(place);
  assert.notEqual(second.folder, first.folder);
  assert.equal(second.number, 2);
  second.finish();
  assert.equal(fs.existsSync(place), false);
});

test("a claim names host, boot, PID namespace, process, its start and the Slurm job", async () => {
  const record = readIn(fileIn(await placeWith({ job: "17" })));
  const { started } = statOf(process.pid);
  assert.deepEqual(
    { ...record, folder: "" },
    {
      host: fs.readFileSync("/proc/sys/kernel/hostname", "utf8").trim(),
      boot: fs.readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim(),
      namespace: fs.readlinkSync("/proc/self/ns/pid"),
      pid: process.pid,
      started,
      job: "17",
      folder: "",
    },
  );
});

test("what is finished is not claimed, and no folder is made for it", async () => {
  const place = placeOf();
  assert.equal(await claim(place, () => true, signal), undefined);
  assert.equal(fs.existsSync(place), false);
});

test("an owner that is no process any more, or whose file is unreadable, is replaced", async () => {
  const dead = spawn(process.execPath, ["--version"], { stdio: "ignore" });
  await once(dead, "exit");
  const place = await placeWith({ pid: dead.pid });
  assert.equal(isOwned(place), false);
  assert.equal((await claimSoon(place))?.number, 2);
  for (const text of ["{", "null", ""]) {
    fs.writeFileSync(path.join(place, "owner-000009.json"), text);
    assert.ok((await claimSoon(place))?.number === 10);
    fs.rmSync(path.join(place, "owner-000010.json"));
  }
});

test(
  "a process number that another process has now is not the old owner: its start differs",
  onLinux,
  async () => {
    for (const pid of [process.pid, process.ppid]) {
      const place = await placeWith({ pid, started: "1" });
      assert.equal(isOwned(place), false);
      assert.ok(await claimSoon(place));
    }
  },
);

test(
  "a process that ended but was never waited for (a zombie) is not a living owner",
  onLinux,
  async () => {
    // The shell becomes `sleep`, which never asks after the child it inherits.
    const parent = spawn("sh", ["-c", "sleep 1 & echo $!; exec sleep 20"]);
    try {
      const [said] = await once(parent.stdout, "data");
      const pid = Number(String(said));
      const place = await placeWith({ pid, started: statOf(pid).started });
      assert.equal(isOwned(place), true);
      for (let i = 0; i < 200 && statOf(pid).state !== "Z"; i++) await sleep(20);
      assert.equal(statOf(pid).state, "Z");
      assert.equal(isOwned(place), false);
      assert.ok(await claimSoon(place));
    } finally {
      parent.kill("SIGKILL");
    }
  },
);

test("an owner on another host, boot or PID namespace is alive while its lease is younger than a minute", async () => {
  const elsewhere = [{ host: "other" }, { boot: "other" }, { namespace: "pid:[1]" }];
  for (const change of elsewhere)
    for (const pid of [process.pid, 2 ** 30]) {
      const place = await placeWith({ ...change, pid }, 55);
      assert.equal(isOwned(place), true, JSON.stringify(change));
      assert.equal(await claimSoon(place), undefined);
    }
  for (const change of elsewhere) {
    const place = await placeWith(change, 65);
    assert.equal(isOwned(place), false);
    assert.equal((await claimSoon(place))?.number, 2);
  }
});

test("a lease is renewed by renew() and by a thread while the main one is blocked", async () => {
  const place = placeOf();
  const held = await claimed(place);
  const file = fileIn(place);
  const old = Date.now() / 1000 - 50;
  const age = () => Date.now() - fs.statSync(file).mtimeMs;
  fs.utimesSync(file, old, old);
  held.renew();
  assert.ok(age() < 20_000);
  const before = readIn(file);
  fs.utimesSync(file, old, old);
  // Waits without the event loop, as training does, for up to three renewals.
  for (const start = Date.now(); age() > 40_000 && Date.now() - start < 30_000; )
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
  assert.ok(age() < 40_000);
  assert.deepEqual(readIn(file), before);
  held.finish();
});

test("waiting is told once, with the process, host and job that is waited for", async () => {
  const place = await placeWith({ host: "node7", pid: 42, job: "17" });
  const said: string[] = [];
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 600);
  await assert.rejects(
    claim(place, never, controller.signal, (sentence) => void said.push(sentence)),
    { name: "Cancelled" },
  );
  assert.deepEqual(said, [
    `Waiting for process 42 on host node7 (Slurm job 17), which is at work in ${place}.`,
  ]);
});

test("of two that find the same dead owner only one takes its place", onLinux, async () => {
  const place = await placeWith({ started: "1" });
  const other = {
    ...readIn(fileIn(place)),
    pid: process.ppid,
    started: statOf(process.ppid).started,
  };
  // Right after this process has seen that the owner is dead, another one takes the place.
  const read = fs.readFileSync;
  let seen = false;
  const mocked = mock.method(fs, "readFileSync", ((...args: Parameters<typeof read>) => {
    const content = read(...args);
    if (args[0] === fileIn(place) && !seen) {
      seen = true;
      fs.writeFileSync(path.join(place, "owner-000002.json"), JSON.stringify(other));
    }
    return content;
  }) as typeof read);
  try {
    assert.equal(await claimSoon(place), undefined);
  } finally {
    mocked.mock.restore();
  }
  assert.equal(seen, true);
  assert.deepEqual(files(place), ["owner-000001.json", "owner-000002.json"]);
  assert.equal(readIn(path.join(place, "owner-000002.json")).pid, process.ppid);
});

test("who claims a number that was passed over meanwhile gives it back", onLinux, async () => {
  const place = await placeWith({ started: "1" });
  const alive = readIn(fileIn(place));
  // While this process links number 2, number 3 is owned already and 2 is gone again.
  const link = fs.linkSync;
  let done = false;
  const mocked = mock.method(fs, "linkSync", ((...args: Parameters<typeof link>) => {
    link(...args);
    if (done) return;
    done = true;
    const owner = { ...alive, pid: process.ppid, started: statOf(process.ppid).started };
    fs.writeFileSync(path.join(place, "owner-000003.json"), JSON.stringify(owner));
  }) as typeof link);
  try {
    assert.equal(await claimSoon(place), undefined);
  } finally {
    mocked.mock.restore();
  }
  assert.deepEqual(files(place), ["owner-000001.json", "owner-000003.json"]);
});

test("a place that another process removes while it is made is made again; one that cannot be is an error", async () => {
  const make = fs.mkdirSync;
  const failing = async (times: number) => {
    let failures = 0;
    const mocked = mock.method(fs, "mkdirSync", ((...args: Parameters<typeof make>) => {
      if (failures++ >= times) return make(...args);
      throw Object.assign(new Error("ENOENT: no such file or directory"), { code: "ENOENT" });
    }) as typeof make);
    try {
      return await claim(placeOf(), never, signal);
    } finally {
      mocked.mock.restore();
    }
  };
  assert.equal((await failing(2))?.number, 1);
  await assert.rejects(failing(Number.POSITIVE_INFINITY), { code: "ENOENT" });
});

test("sweep removes what stopped owners left and keeps a living one's and one's that may live", async () => {
  const place = await placeWith({ host: "other", folder: "expired" }, 65);
  fs.mkdirSync(path.join(place, "expired"));
  const mine = await claimed(place);
  fs.mkdirSync(mine.folder);
  sweep(place);
  assert.ok(files(place).includes("expired") && files(place).includes("owner-000002.json"));
  mine.finish();
  assert.deepEqual(files(place), ["expired", "owner-000001.json"]);
  const hours = Date.now() / 1000 - 3 * 3600;
  fs.utimesSync(fileIn(place), hours, hours);
  sweep(place);
  assert.equal(fs.existsSync(place), false);
});

test("code that was asked to stop and never let go has 3 s; then the same process may claim its place, with what is there", async () => {
  const place = path.join(temporaryFolder(), "place");
  const [stopped, other] = [new AbortController(), new AbortController()];
  const broken = await claim(place, () => false, stopped.signal);
  fs.mkdirSync(broken!.folder, { recursive: true });
  const next = claim(place, () => false, other.signal);
  const winner = await Promise.race([next, sleep(600, "waits")]);
  assert.equal(winner, "waits", "nobody was asked to stop");
  stopped.abort();
  const begun = Date.now();
  const taken = await next;
  assert.ok(Date.now() - begun > 2900 && taken!.number === broken!.number + 1);
  assert.ok(fs.existsSync(broken!.folder), "its files stay for who comes next");
  // What was broken off does no harm if it wakes up after all.
  broken!.renew();
  broken!.release();
  assert.ok(isOwned(place));
  taken!.finish();
  assert.ok(!fs.existsSync(place));
});
