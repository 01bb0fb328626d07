import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { test } from "node:test";
import { chain } from "../../lib/loop/chain";
import { Checkpoints } from "../../lib/loop/checkpoints";
import type { LoopEvent } from "../../lib/loop/events";
import { inProcess } from "../../lib/loop/inProcess";
import { runChains } from "../../lib/loop/runChains";
import { replace } from "../../lib/pool/regimes";
import { RunStore } from "../../lib/store/runStore";
import { memoryFolder } from "../support/temporary";
import { walkTask } from "../support/walkTask";

const stateAt = (step: number) => ({
  step,
  state: { w: { shape: [2], data: Float64Array.of(step, -step) } },
});
const recordsTo = (step: number) =>
  Array.from({ length: step }, (_, i) => ({ step: i, loss: 1 / i }));

function saved(...steps: number[]): { folder: string; files: string[] } {
  const folder = memoryFolder();
  const checkpoints = new Checkpoints(folder);
  for (const step of steps) checkpoints.save(stateAt(step), recordsTo(step));
  return { folder, files: fs.readdirSync(folder).sort() };
}

function load(folder: string) {
  const said: string[] = [];
  const found = new Checkpoints(folder, (sentence) => void said.push(sentence)).load();
  return { found, said };
}

test("the newest checkpoint comes back with its step, state and all records; the one before is kept too", () => {
  const { folder, files } = saved(9, 10, 200);
  assert.deepEqual(
    files.map((name) => name.split("-")[1]),
    ["10", "200"],
  );
  const { found, said } = load(folder);
  assert.deepEqual(found?.checkpoint, stateAt(200));
  assert.deepEqual(found?.records, recordsTo(200));
  assert.deepEqual(said, []);
  assert.deepEqual(load(memoryFolder()), { found: undefined, said: [] });
});

test("a checkpoint with any bit flipped, or cut short anywhere, is passed over in a sentence for the one before", () => {
  const { folder, files } = saved(1, 2);
  const newest = path.join(folder, files[1]);
  const sound = fs.readFileSync(newest);
  const damaged = [...sound.keys()].flatMap((at) => {
    const flipped = Buffer.from(sound);
    flipped[at] ^= 1 << (at % 8);
    return at % 5 === 0 ? [flipped, sound.subarray(0, at)] : [flipped];
  });
  for (const bytes of damaged) {
    fs.writeFileSync(newest, bytes);
    const { found, said } = load(folder);
    assert.deepEqual(found?.checkpoint, stateAt(1));
    assert.equal(found?.records.length, 1);
    assert.equal(said.length, 1);
    assert.match(said[0], /^The checkpoint .*checkpoint-2-.* is damaged \(.*\); the fit goes on/);
    assert.equal(fs.existsSync(newest), false);
  }
});

test("with every checkpoint damaged the fit starts again, and ends with the bits of an undisturbed one", async () => {
  const walk = chain({
    task: walkTask,
    config: { steps: 40, pause: 0 },
    regime: replace,
    seed: 0,
    iterations: 1,
  });
  const run = async (store: RunStore, stopAt = Number.POSITIVE_INFINITY) => {
    const said: string[] = [];
    const controller = new AbortController();
    const onEvent = (event: LoopEvent) => {
      if (event.type === "progress" && event.fraction >= stopAt) controller.abort();
      if (event.type === "notice") said.push(event.sentence);
    };
    const options = { store, executor: inProcess(), checkpointSeconds: 0 };
    const [result] = await runChains([walk], { ...options, onEvent, signal: controller.signal });
    return { first: result.generations[0], said };
  };
  const [disturbed, undisturbed] = [0, 1].map(() => RunStore.open(memoryFolder()));
  await assert.rejects(run(disturbed, 0.5), { name: "Cancelled" });
  const checkpoints = (fs.readdirSync(disturbed.drafts, { recursive: true }) as string[])
    .filter((name) => name.endsWith(".safetensors"))
    .map((name) => path.join(disturbed.drafts, name));
  assert.equal(checkpoints.length, 2);
  fs.truncateSync(checkpoints[0], 10);
  fs.writeFileSync(checkpoints[1], "");
  const again = await run(disturbed);
  assert.equal(again.said.length, 2);
  const whole = await run(undisturbed);
  for (const name of ["training.jsonl", "model.safetensors"])
    assert.deepEqual(
      fs.readFileSync(again.first.artefact(name)),
      fs.readFileSync(whole.first.artefact(name)),
    );
});
