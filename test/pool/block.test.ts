import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import type { Block } from "../../lib/pool/block";
import { BlockWriter } from "../../lib/pool/blockWriter";
import { DiskBlock } from "../../lib/pool/diskBlock";
import { MemoryBlock } from "../../lib/pool/memoryBlock";
import type { Batch } from "../../lib/pool/schema";
import { batches, batchOf, folders, items, SCHEMA } from "./support";

const folder = folders("block");

function onDisk(all: readonly Batch[], where = folder(), bytes = 1e6): DiskBlock {
  const writer = BlockWriter.create(where, SCHEMA);
  for (const batch of all) writer.append(batch);
  writer.finish();
  return DiskBlock.open(where, { bytes });
}

for (const [name, make] of [
  ["MemoryBlock", (all: Batch[]): Block => MemoryBlock.of(SCHEMA, all)],
  ["DiskBlock", (all: Batch[]): Block => onDisk(all)],
  ["DiskBlock without memory for offsets", (all: Batch[]): Block => onDisk(all, folder(), 0)],
] as const) {
  test(`${name}: gather and range give the written items, in the asked order, with repeats`, () => {
    const wish = fc.array(fc.nat(), { maxLength: 30 });
    fc.assert(
      fc.property(batches, wish, fc.nat(), fc.nat(), (all, wishes, a, b) => {
        const expected = items(all);
        const block = make(all);
        assert.equal(block.length, expected.length);
        const indices = expected.length === 0 ? [] : wishes.map((w) => w % expected.length);
        assert.deepEqual(
          items([block.gather(indices)]),
          indices.map((i) => expected[i]),
        );
        const [from, to] = [a, b].map((x) => x % (expected.length + 1)).sort((x, y) => x - y);
        assert.deepEqual(items([block.range(from, to)]), expected.slice(from, to));
        block.close();
      }),
      { numRuns: 30 },
    );
  });

  test(`${name}: an index or range outside is named`, () => {
    const block = make([
      batchOf([
        [1, 1],
        [2, 0],
        [0, 3],
      ]),
    ]);
    for (const index of [3, -1, 0.5, Number.NaN])
      assert.throws(() => block.gather([0, index]), new RegExp(`RangeError: item ${index} is`));
    for (const [from, to] of [
      [0, 4],
      [-1, 2],
      [2, 1],
      [0.5, 2],
    ])
      assert.throws(() => block.range(from, to), RangeError);
    block.close();
  });
}

test("a long block with wide gaps and long items reads the same as from memory", () => {
  const lengths = Array.from({ length: 3000 }, (_, i): [number, number] => [(i * 37) % 400, i % 3]);
  const batch = batchOf(lengths);
  const [disk, memory] = [onDisk([batch]), MemoryBlock.of(SCHEMA, [batch])];
  for (const stride of [1, 2, 61, 997]) {
    const indices = Array.from({ length: 500 }, (_, i) => (i * stride * 7919) % 3000);
    assert.deepEqual(disk.gather(indices), memory.gather(indices));
    assert.deepEqual(
      disk.gather([...indices].sort((a, b) => a - b)),
      memory.gather([...indices].sort((a, b) => a - b)),
    );
  }
  // Longer than one joint read.
  const all = Array.from({ length: 3000 }, (_, i) => i);
  assert.deepEqual(disk.gather(all), batch);
  disk.close();
});

test("offsets take four bytes an item from the budget while there is some, and give them back", () => {
  const budget = { bytes: 40 };
  const where = folder();
  onDisk([batchOf(Array.from({ length: 5 }, () => [1, 1]))], where).close();
  const [first, second] = [DiskBlock.open(where, budget), DiskBlock.open(where, budget)];
  assert.equal(budget.bytes, 40);
  const expected = first.range(0, 5);
  assert.equal(budget.bytes, 40, "ranges do without");
  // Two ragged fields of five items: six offsets each, of which one fits beside the other's.
  assert.deepEqual(first.gather([0, 1, 2, 3, 4]), expected);
  assert.equal(budget.bytes, 16);
  assert.deepEqual(second.gather([0, 1, 2, 3, 4]), expected);
  first.close();
  second.close();
  assert.equal(budget.bytes, 40);
});

test("a block's folder holds one NumPy file a field, offsets apart, and a manifest with SHA-256", () => {
  const where = folder();
  const block = onDisk(
    [
      batchOf([
        [1, 2],
        [3, 0],
      ]),
    ],
    where,
  );
  assert.deepEqual(readdirSync(where).sort(), [
    "atoms.npy",
    "atoms.offsets.npy",
    "block.json",
    "image.npy",
    "label.npy",
    "tokens.npy",
    "tokens.offsets.npy",
    "weight.npy",
  ]);
  const manifest = JSON.parse(readFileSync(join(where, "block.json"), "utf8"));
  assert.equal(manifest.length, 2);
  assert.equal(manifest.version, 1);
  assert.deepEqual(manifest.schema, SCHEMA);
  const file = readFileSync(join(where, "tokens.npy"));
  assert.equal(manifest.files["tokens.npy"].bytes, file.length);
  assert.equal(manifest.files["tokens.npy"].count, 4);
  const data = file.subarray(file.length - 2 * 4);
  const sha256 = createHash("sha256").update(data).digest("hex");
  assert.equal(manifest.files["tokens.npy"].sha256, sha256);
  block.verify();
  block.close();
});

test("a closed block refuses to read, and a finished writer to be undone", () => {
  const where = folder();
  const writer = BlockWriter.create(where, SCHEMA);
  writer.append(batchOf([[1, 1]]));
  writer.finish();
  writer.abort();
  const block = DiskBlock.open(where);
  block.close();
  block.close();
  assert.throws(() => block.gather([0]), /was closed and is read again/);
  assert.throws(() => BlockWriter.create(where, SCHEMA), /holds a finished block/);
});

test("a batch that does not fit the schema is refused before anything of it is written", () => {
  const good = batchOf([
    [2, 1],
    [0, 2],
  ]);
  const broken = (name: string, column: object): Batch => ({
    ...good,
    columns: { ...good.columns, [name]: column as Batch["columns"][string] },
  });
  const { label: _, ...without } = good.columns;
  const cases: [Batch, RegExp][] = [
    [{ ...good, columns: without }, /lacks the column "label"/],
    [broken("extra", good.columns.label), /has a column "extra"; the schema has image, weight/],
    [broken("label", { data: new Float32Array(2) }), /Float32Array; int32 needs a Int32Array/],
    [
      broken("image", { data: new Uint8Array(11) }),
      /11 numbers; 2 elements of shape \[2, 3\] need 12/,
    ],
    [broken("tokens", { data: new Uint16Array(2) }), /"tokens" lacks offsets/],
    [
      broken("label", { data: new Int32Array(2), offsets: Float64Array.of(0, 1, 2) }),
      /has offsets/,
    ],
    [
      broken("tokens", { data: new Uint16Array(2), offsets: Float64Array.of(0, 2) }),
      /needs 3 offsets/,
    ],
    [
      broken("tokens", { data: new Uint16Array(2), offsets: Float64Array.of(0, 3, 2) }),
      /item 1 do not ascend/,
    ],
    [{ ...good, length: -1 }, /cannot have -1 items/],
  ];
  for (const [batch, pattern] of cases) {
    assert.throws(() => MemoryBlock.of(SCHEMA, [batch]), pattern);
    const writer = BlockWriter.create(folder(), SCHEMA);
    writer.append(good);
    assert.throws(() => writer.append(batch), pattern);
    writer.append(good);
    assert.equal(writer.length, 4);
    assert.equal(writer.finish().length, 4);
  }
});

test("field names that are no file names, and an empty schema, are refused", () => {
  const field = { dtype: "uint8", shape: [] } as const;
  for (const name of ["../x", "a/b", "", "a.b", "__proto__", "-x"])
    assert.throws(() => BlockWriter.create(folder(), { [name]: field }), /field name/);
  assert.throws(() => BlockWriter.create(folder(), {}), /at least one field/);
});
