import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { test } from "node:test";
import { chain } from "../../lib/loop/chain";
import { Checkpoints } from "../../lib/loop/checkpoints";
import { inProcess } from "../../lib/loop/inProcess";
import { runChains } from "../../lib/loop/runChains";
import { replace } from "../../lib/pool/regimes";
import { type Draft, RunStore } from "../../lib/store/runStore";
import { entriesOf, leftoversOf } from "../support/entries";
import { bury, killedAt } from "../support/killed";
import { memoryFolder } from "../support/temporary";
import { walkTask } from "../support/walkTask";

const { signal } = new AbortController();
/** Every call is tried with COLLAPSE_LAB_KILLS=all; otherwise a long scenario is killed at some. */
const EVERY = process.env.COLLAPSE_LAB_KILLS === "all";

/**
 * Kills a run at each of its calls to the file system, before the call and halfway through it, and
 * checks that a rerun ends as an undisturbed run does and leaves nothing else.
 */
async function killAtEveryCall(
  run: (store: RunStore) => Promise<unknown>,
  { prepare = async (_: RunStore) => {}, step = 1 } = {},
): Promise<number> {
  const whole = RunStore.open(memoryFolder());
  await prepare(whole);
  bury(whole.drafts);
  await run(whole);
  const expected = entriesOf(whole);
  for (let k = 1, tries = 0; ; k += EVERY ? 1 : step)
    for (const halfway of [false, true]) {
      const folder = memoryFolder();
      const store = RunStore.open(folder);
      await prepare(store);
      bury(store.drafts);
      const { killed } = await killedAt(k, halfway, () => run(store));
      if (!killed) {
        assert.deepEqual(entriesOf(store), expected);
        return tries;
      }
      tries += 1;
      bury(store.drafts);
      const again = RunStore.open(folder);
      await run(again);
      const where = `killed ${halfway ? "halfway through" : "before"} call ${k}`;
      assert.deepEqual(entriesOf(again), expected, where);
      assert.deepEqual(leftoversOf(again), [], where);
      fs.rmSync(folder, { recursive: true });
    }
}

const rows = { what: "rows", name: "made" };
const source = { what: "rows", name: "source" };

function fill(draft: Draft): void {
  fs.mkdirSync(path.join(draft.folder, "deep"), { recursive: true });
  fs.writeFileSync(path.join(draft.folder, "rows.jsonl"), "{}\n");
  fs.writeFileSync(path.join(draft.folder, "deep", "file"), "deep");
}

async function make(store: RunStore, identity: typeof rows, work = fill): Promise<void> {
  const draft = await store.begin("rows", identity, signal);
  if (!draft) return;
  try {
    work(draft);
    const inputs = await inputsOf(store, identity);
    draft.commit({ rows: 1 }, inputs);
  } finally {
    draft.release();
  }
}

async function inputsOf(store: RunStore, identity: typeof rows) {
  if (identity !== rows) return [];
  const [address] = store.list("rows");
  return [{ kind: "rows" as const, address }];
}

test("killed at any call of begin, of the work and of commit, a rerun ends with the same entry alone", async () => {
  const tries = await killAtEveryCall((store) => make(store, rows), {
    prepare: (store) => make(store, source),
  });
  assert.ok(tries > 40, `${tries} kills`);
});

test("killed at any call while it takes over a dead process's draft, the work is neither lost nor published twice", async () => {
  const tries = await killAtEveryCall(
    (store) =>
      make(store, source, (draft) => {
        const half = path.join(draft.scratch, "half");
        assert.equal(fs.readFileSync(half, "utf8"), "way");
        fill(draft);
      }),
    {
      prepare: async (store) => {
        const draft = await store.begin("rows", source, signal);
        fs.writeFileSync(path.join(draft?.scratch as string, "half"), "way");
      },
    },
  );
  assert.ok(tries > 40, `${tries} kills`);
});

test("killed at any call of a checkpoint's save, the checkpoint before or the new one is there, whole", async () => {
  const at = (step: number) => ({
    step,
    state: { w: { shape: [1], data: Float64Array.of(step) } },
  });
  const records = (step: number) => Array.from({ length: step }, (_, i) => ({ step: i }));
  for (let k = 1, killed = true; killed; k++)
    for (const halfway of [false, true]) {
      const folder = memoryFolder();
      const checkpoints = new Checkpoints(folder);
      for (const step of [1, 2]) checkpoints.save(at(step), records(step));
      const outcome = await killedAt(k, halfway, () => checkpoints.save(at(3), records(3)));
      killed = outcome.killed;
      const saved = new Checkpoints(folder, assert.fail).load();
      const step = saved?.checkpoint.step ?? 0;
      assert.ok(step === 3 || (killed && step === 2), `step ${step}, killed at call ${k}`);
      assert.deepEqual(saved, { checkpoint: at(step), records: records(step) });
    }
});

test("killed at calls throughout a generation, from its data to its block, a rerun ends with the same bits", async () => {
  const walk = chain({
    task: walkTask,
    config: { steps: 4, pause: 0 },
    regime: replace,
    seed: 0,
    iterations: 1,
  });
  const tries = await killAtEveryCall(
    (store) => runChains([walk], { store, executor: inProcess(), checkpointSeconds: 0 }),
    { step: 13 },
  );
  assert.ok(tries > 20, `${tries} kills`);
});
