import assert from "node:assert/strict";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { UserError } from "../../lib/errors";
import { BlockWriter } from "../../lib/pool/blockWriter";
import { DiskBlock } from "../../lib/pool/diskBlock";
import { batchOf, folders, SCHEMA } from "./support";

const folder = folders("faults");

/** The folder of a good block of three items. */
function made(): string {
  const where = folder();
  const writer = BlockWriter.create(where, SCHEMA);
  writer.append(
    batchOf([
      [3, 1],
      [0, 2],
      [5, 0],
    ]),
  );
  writer.finish();
  return where;
}

function refused(action: () => unknown, pattern: RegExp): void {
  assert.throws(action, (error) => {
    assert.ok(error instanceof UserError, String(error));
    assert.match(error.message, pattern);
    return true;
  });
}

function flip(path: string, position: number): void {
  const bytes = readFileSync(path);
  bytes[position < 0 ? bytes.length + position : position] ^= 1;
  writeFileSync(path, bytes);
}

test("a manifest whose field lies outside of the block's folder is refused", () => {
  for (const name of ["../v1/x", "/x", "", ".x"]) {
    const where = made();
    const file = join(where, "block.json");
    const text = readFileSync(file, "utf8");
    assert.match(text, /"label"/);
    writeFileSync(file, text.replaceAll('"label"', JSON.stringify(name)));
    refused(() => DiskBlock.open(where), /block\.json is damaged: .*/);
  }
});

test("a block cut short at any of its files is refused on opening, by name and sizes", () => {
  for (const name of readdirSync(made()).filter((file) => file.endsWith(".npy"))) {
    const where = made();
    const size = statSync(join(where, name)).size;
    truncateSync(join(where, name), size - 1);
    const sizes = `${name} has ${size - 1} bytes, not ${size}\\. Delete the block's folder and run`;
    refused(() => DiskBlock.open(where), new RegExp(sizes));
    appendFileSync(join(where, name), "xx");
    refused(() => DiskBlock.open(where), new RegExp(`${name} has ${size + 1} bytes`));
    rmSync(join(where, name));
    refused(() => DiskBlock.open(where), new RegExp(`${name} is missing`));
  }
});

test("a manifest cut short at any byte is refused, and a folder without one is no block", () => {
  const where = made();
  const path = join(where, "block.json");
  const text = readFileSync(path, "utf8");
  for (let length = 0; length < text.trimEnd().length; length += 7) {
    writeFileSync(path, text.slice(0, length));
    refused(() => DiskBlock.open(where), /block manifest .*block\.json is damaged/);
  }
  rmSync(path);
  refused(() => DiskBlock.open(where), /no block manifest at .*block\.json/);
});

test("a manifest of another version, with an unknown key or a wrong value is refused by name", () => {
  const where = made();
  const path = join(where, "block.json");
  const good = JSON.parse(readFileSync(path, "utf8"));
  const change = (changes: object, pattern: RegExp) => {
    writeFileSync(path, JSON.stringify({ ...good, ...changes }));
    refused(() => DiskBlock.open(where), pattern);
  };
  change({ version: 2 }, /is of block format 2; this version reads format 1/);
  change({ colour: "red" }, /damaged: .*colour/);
  change({ length: -3 }, /damaged: length: /);
  change({ length: 4 }, /has 3 items, not 4/);
  change({ format: "another" }, /damaged: format: /);
  const { "label.npy": _, ...files } = good.files;
  change({ files }, /label\.npy is not listed/);
  change(
    { schema: { ...good.schema, label: { dtype: "float32", shape: [1] } } },
    /label\.npy holds int32 \[3,1\], not float32 \[3,1\]/,
  );
  writeFileSync(path, "null");
  refused(() => DiskBlock.open(where), /damaged/);
});

test("one flipped bit in the data of any file is found by verify", () => {
  for (const name of readdirSync(made()).filter((file) => file.endsWith(".npy"))) {
    const where = made();
    flip(join(where, name), -1);
    const block = DiskBlock.open(where);
    refused(() => block.verify(), new RegExp(`${name} does not have the checksum`));
    block.close();
  }
});

test("a damaged header is refused on opening", () => {
  const where = made();
  flip(join(where, "image.npy"), 1);
  refused(() => DiskBlock.open(where), /image\.npy is not a NumPy array file/);
});

test("offsets that point outside of the data are refused where they are read", () => {
  const where = made();
  const path = join(where, "tokens.offsets.npy");
  for (const position of [-3, -6, -1]) {
    flip(path, position);
    for (const bytes of [0, 1e6]) {
      const block = DiskBlock.open(where, { bytes });
      refused(
        () => block.gather([2]),
        /tokens\.offsets\.npy says that item 2 holds the elements 3 … /,
      );
      refused(() => block.range(0, 3), /tokens\.offsets\.npy says that item 2/);
      block.close();
    }
    flip(path, position);
  }
});

test("a file that shrinks while it is open ends a read in a sentence", () => {
  const where = made();
  const block = DiskBlock.open(where);
  truncateSync(join(where, "image.npy"), 130);
  refused(() => block.gather([2]), /image\.npy is cut short: it ends before byte/);
  block.close();
});

test("a writer that stops half-way leaves nothing that opens", () => {
  const where = folder();
  const writer = BlockWriter.create(where, SCHEMA);
  writer.append(batchOf([[1, 1]]));
  refused(() => DiskBlock.open(where), /no block manifest/);
  writer.abort();
  assert.deepEqual(readdirSync(where), []);
});

test("a full disk ends in a sentence and leaves no file of the block", {
  skip: existsSync("/dev/full") ? false : "this system has no /dev/full",
}, () => {
  // /dev/full takes the place of one file, so that its writes fail as on a full disk.
  for (const name of ["image.npy", "tokens.npy", "tokens.offsets.npy", "label.npy"]) {
    const where = folder();
    mkdirSync(where);
    symlinkSync("/dev/full", join(where, name));
    refused(() => {
      const writer = BlockWriter.create(where, SCHEMA);
      writer.append(batchOf([[3, 1]]));
      writer.finish();
    }, /disk .* is full\. Free some space/);
    assert.deepEqual(readdirSync(where), []);
  }
});
