import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { test } from "node:test";
import { type Draft, RunStore } from "../../lib/store/runStore";
import { entriesOf, leftoversOf } from "../support/entries";
import { memoryFolder } from "../support/temporary";

const { signal } = new AbortController();

async function begin(store: RunStore): Promise<Draft> {
  const draft = await store.begin("rows", { name: "rows" }, signal);
  assert.ok(draft);
  return draft;
}

/** Two live owners of one draft: the first is on another host, and its lease ran out long ago. */
async function twoOwners(seconds = 100) {
  const store = RunStore.open(memoryFolder());
  const first = await begin(store);
  fs.writeFileSync(path.join(first.folder, "rows.jsonl"), "{}\n");
  fs.writeFileSync(path.join(first.folder, "rows.jsonl.7.tmp"), "{");
  fs.writeFileSync(path.join(first.scratch, "half"), "way");
  const place = path.join(store.drafts, first.address);
  const claim = path.join(place, "owner-000001.json");
  const record = JSON.parse(fs.readFileSync(claim, "utf8"));
  fs.writeFileSync(claim, JSON.stringify({ ...record, host: "node7" }));
  const then = Date.now() / 1000 - seconds;
  fs.utimesSync(claim, then, then);
  const second = await begin(store);
  return { store, first, second };
}

test("the work of an owner elsewhere whose lease ran out is copied, so that it can go on if it lives", async () => {
  const { first, second } = await twoOwners();
  for (const { folder, scratch } of [first, second]) {
    assert.equal(fs.readFileSync(path.join(folder, "rows.jsonl"), "utf8"), "{}\n");
    assert.equal(fs.readFileSync(path.join(scratch, "half"), "utf8"), "way");
  }
  assert.deepEqual(fs.readdirSync(second.folder), ["rows.jsonl"]);
});

test("of two owners at once either may commit first; the other's commit finds the entry and leaves nothing", async () => {
  for (const order of [0, 1]) {
    const { store, first, second } = await twoOwners();
    const drafts = order === 0 ? [first, second] : [second, first];
    const [one, two] = drafts.map((draft) => {
      const manifest = draft.commit({ rows: 1 });
      draft.release();
      return manifest;
    });
    assert.deepEqual(two, one);
    assert.equal(Object.keys(entriesOf(store)).length, 1);
    assert.deepEqual(leftoversOf(store), []);
  }
});

test("an owner that was away for hours, whose work was taken, finds the entry or says that it was taken for dead", async () => {
  const late = await twoOwners(3 * 3600);
  assert.throws(() => late.first.commit({ rows: 1 }), {
    name: "UserError",
    message: /is gone: another process took this one for dead.*Rerun to go on\.$/,
  });
  const { store, first, second } = await twoOwners(3 * 3600);
  const manifest = second.commit({ rows: 1 });
  assert.deepEqual(first.commit({ rows: 1 }), manifest);
  assert.deepEqual(leftoversOf(store), []);
});
