import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { UserError } from "../../lib/errors";
import { DiskPool } from "../../lib/pool/diskPool";
import { accumulate } from "../../lib/pool/regimes";
import { viewOf } from "../../lib/pool/viewOf";
import { Stream } from "../../lib/random/stream";
import { folders, ID_SCHEMA, idBatch } from "./support";

const folder = folders("pool");

function refused(action: () => unknown, pattern: RegExp): void {
  assert.throws(action, (error) => error instanceof UserError && pattern.test(error.message));
}

test("appended blocks are numbered from 1, survive reopening and read as one view", async () => {
  const where = folder();
  const pool = DiskPool.create(where, ID_SCHEMA);
  assert.equal(await pool.append([idBatch(1, 4)]), 1);
  assert.equal(await pool.append([idBatch(2, 1), idBatch(2, 2)]), 2);
  pool.close();
  const again = DiskPool.open(where);
  assert.deepEqual(again.numbers, [1, 2]);
  assert.equal(await again.append([idBatch(3, 2)]), 3);
  const view = viewOf(accumulate.plan(3, 4), again, new Stream(["x"]));
  assert.deepEqual(
    [...view.range(0, view.length).columns.id.data],
    [
      1_000_000, 1_000_001, 1_000_002, 1_000_003, 2_000_000, 2_000_000, 2_000_001, 3_000_000,
      3_000_001,
    ],
  );
  assert.deepEqual(view.provenance(6), { block: 2, index: 2 });
  again.close();
});

test("an append changes no file that was there before", async () => {
  const where = folder();
  const pool = DiskPool.create(where, ID_SCHEMA);
  await pool.append([idBatch(1, 3)]);
  const files = () =>
    (readdirSync(where, { recursive: true }) as string[]).filter((name) =>
      /\.(npy|json)$/.test(name),
    );
  const before = files().map((name) => [name, readFileSync(join(where, name), "utf8")] as const);
  await pool.append([idBatch(2, 3)]);
  for (const [name, content] of before)
    assert.equal(readFileSync(join(where, name), "utf8"), content);
  assert.equal(files().length, before.length + 2);
});

test("a failed append leaves the pool as it was", async () => {
  const where = folder();
  const pool = DiskPool.create(where, ID_SCHEMA);
  await pool.append([idBatch(1, 3)]);
  async function* breaking() {
    yield idBatch(2, 3);
    throw new Error("the sampler broke");
  }
  await assert.rejects(pool.append(breaking()), /the sampler broke/);
  assert.deepEqual(DiskPool.open(where).numbers, [1]);
  assert.equal(await pool.append([idBatch(2, 3)]), 2);
});

const CHILD = `
  const { DiskPool } = require(${JSON.stringify(join(__dirname, "../../lib/pool/diskPool"))});
  const pool = DiskPool.open(process.argv[1]);
  const batch = (id) => ({ length: 1, columns: { id: { data: Int32Array.of(id) } } });
  (async () => {
    if (process.argv[2] === "hang")
      await pool.append((async function* () {
        yield batch(-1);
        console.log("half-way");
        await new Promise((resolve) => setTimeout(resolve, 60000));
      })());
    else for (let k = 0; k < 5; k++) await pool.append([batch(Number(process.argv[2]) + k)]);
  })();`;

function child(where: string, argument: string) {
  return spawn(
    process.execPath,
    ["--require", "./lib/typescript.cjs", "-e", CHILD, where, argument],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
}

test("three processes that append at once lose no block and share none", async () => {
  const where = folder();
  DiskPool.create(where, ID_SCHEMA);
  const children = [100, 200, 300].map((base) => child(where, String(base)));
  for (const result of await Promise.all(children.map((one) => once(one, "exit"))))
    assert.deepEqual(result, [0, null]);
  const pool = DiskPool.open(where);
  assert.equal(pool.numbers.length, 15);
  const ids = pool.numbers.map((number) => pool.block(number).range(0, 1).columns.id.data[0]);
  const expected = [100, 200, 300].flatMap((base) => Array.from({ length: 5 }, (_, k) => base + k));
  assert.deepEqual(
    [...ids].sort((a, b) => a - b),
    expected,
  );
  for (const base of [100, 200, 300])
    assert.deepEqual(
      ids.filter((id) => Math.floor(id / 100) === base / 100),
      expected.filter((id) => Math.floor(id / 100) === base / 100),
    );
  pool.close();
});

test("what a writer killed half-way left is never read and does not stop the next one", async () => {
  const where = folder();
  const pool = DiskPool.create(where, ID_SCHEMA);
  await pool.append([idBatch(1, 1)]);
  const one = child(where, "hang");
  await once(one.stdout, "data");
  one.kill("SIGKILL");
  await once(one, "exit");
  assert.deepEqual(DiskPool.open(where).numbers, [1]);
  assert.equal(await pool.append([idBatch(2, 2)]), 2);
  assert.deepEqual([...pool.block(2).range(0, 2).columns.id.data], [2_000_000, 2_000_001]);
  pool.close();
});

test("a folder that is no pool, of another version, or lacks a block is refused", async () => {
  const where = folder();
  refused(() => DiskPool.open(where), /no pool manifest at .*pool\.json/);
  const pool = DiskPool.create(where, ID_SCHEMA);
  refused(() => DiskPool.create(where, ID_SCHEMA), /already is a pool/);
  refused(() => pool.block(1), /has no block 1; it has 0 blocks/);
  for (let k = 1; k <= 3; k++) await pool.append([idBatch(k, 1)]);
  renameSync(join(where, "block-000002"), join(where, "aside"));
  refused(() => DiskPool.open(where), /has 2 blocks, but block 2 is missing/);
  const path = join(where, "pool.json");
  const manifest = JSON.parse(readFileSync(path, "utf8"));
  writeFileSync(path, JSON.stringify({ ...manifest, version: 7 }));
  refused(() => DiskPool.open(where), /pool manifest .* cannot be read: version: /);
});
