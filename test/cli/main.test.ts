import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { images, imagesTask } from "../../lib/experiments/images";
import { chainsOf } from "../../lib/experiments/preset";
import { presetOf } from "../../lib/experiments/registry";
import { ITEMS } from "../../lib/loop/files";
import { allStages, jobsOf } from "../../lib/loop/jobs";
import { prepareReal } from "../../lib/loop/real";
import { projectRoot } from "../../lib/root";
import { isOwned } from "../../lib/store/claim";
import { RunStore } from "../../lib/store/runStore";
import { temporaryFolder } from "../support/temporary";

const { signal } = new AbortController();

interface Run {
  readonly child: ChildProcess;
  readonly ended: Promise<{ code: number | null; out: string; errors: string }>;
}

/** Starts the command line as npm does, in a process group of its own as a terminal does. */
function start(args: readonly string[], env: Readonly<Record<string, string>> = {}): Run {
  const child = spawn(
    process.execPath,
    ["--require", "./lib/typescript.cjs", "lib/cli/main.ts", ...args],
    {
      cwd: projectRoot(),
      env: { ...process.env, CHROMIUM: "none", ...env },
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let out = "";
  let errors = "";
  child.stdout?.on("data", (text) => {
    out += text;
  });
  child.stderr?.on("data", (text) => {
    errors += text;
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  return { child, ended: ended.then((code) => ({ code, out, errors })) };
}

/** A store in which the quick preset's first generation is finished. */
async function storeWithOne(): Promise<{ root: string; address: string }> {
  const store = RunStore.open(path.join(temporaryFolder(), "store"));
  const preset = presetOf(images, "quick");
  const real = await prepareReal(imagesTask, preset.task, 0, store, signal);
  const [{ chain }] = chainsOf(imagesTask, preset);
  const [first] = jobsOf(chain, real);
  for (const { kind, identity } of allStages(first)) {
    const draft = await store.begin(kind, identity, signal);
    assert.ok(draft);
    // Its images are real ones: nothing here depends on how good the model is.
    const data = path.join(store.folder("real", real.address), "train");
    if (kind === "block") fs.cpSync(data, path.join(draft.folder, ITEMS), { recursive: true });
    draft.commit({ metrics: { loss: 1 }, trainedOn: { 1: real.items }, items: real.items });
  }
  return { root: store.root, address: first.stages.fit.address };
}

test("a command ends with 0 and its lines on the output, or with one sentence on the error output", async () => {
  const sound = start(["runs", "list"], { COLLAPSE_LAB_RUNS: temporaryFolder() });
  const wrong = start(["runs", "lst"], { COLLAPSE_LAB_RUNS: temporaryFolder() });
  assert.deepEqual(await sound.ended, { code: 0, out: "", errors: "" });
  assert.deepEqual(await wrong.ended, {
    code: 1,
    out: "",
    errors: 'runs has no command "lst". Did you mean "list"?\n',
  });
});

test("Ctrl-C and SIGTERM stop reproduce: 130, what is finished stays, nothing goes on working", async () => {
  const { root, address } = await storeWithOne();
  const stopped = async (stop: (pid: number) => void) => {
    const folder = path.join(temporaryFolder(), "store");
    fs.cpSync(root, folder, { recursive: true });
    const store = RunStore.open(folder);
    const run = start(["reproduce", "--only", "images"], {
      COLLAPSE_LAB_RUNS: folder,
      COLLAPSE_LAB_FIGURES: path.join(folder, "figures"),
    });
    const working = () =>
      fs.existsSync(store.drafts) &&
      fs.readdirSync(store.drafts).some((name) => isOwned(path.join(store.drafts, name)));
    while (!working() && run.child.exitCode === null) await sleep(50);
    stop(run.child.pid as number);
    const { code, out, errors } = await run.ended;
    assert.equal(code, 130, errors);
    assert.equal(
      errors,
      "\nStopping; finished generations are kept (Ctrl-C again to force).\n" +
        "Stopped on request; finished generations are kept and a rerun continues.\n",
    );
    assert.doesNotMatch(out, /holds|fails|report/);
    assert.deepEqual(store.list("fit"), [address]);
    for (let i = 0; i < 40 && working(); i++) await sleep(50);
    assert.equal(working(), false);
  };
  await Promise.all([
    // A terminal sends Ctrl-C to every process of the group.
    stopped((pid) => process.kill(-pid, "SIGINT")),
    stopped((pid) => process.kill(pid, "SIGTERM")),
  ]);
});
