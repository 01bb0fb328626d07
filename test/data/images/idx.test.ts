import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { readIdx } from "../../../lib/data/images/idx";
import { UserError } from "../../../lib/errors";

// Two images of 2 × 3, written out by hand: big-endian magic 0x00000803, then the three lengths.
const FILE = Uint8Array.of(
  ...[0, 0, 8, 3],
  ...[0, 0, 0, 2],
  ...[0, 0, 0, 2],
  ...[0, 0, 0, 3],
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 255],
);

function refused(bytes: Uint8Array, axes: number, pattern: RegExp): void {
  assert.throws(
    () => readIdx(bytes, axes, "train-images"),
    (error) => error instanceof UserError && pattern.test(error.message),
  );
}

test("IDX: magic, axis lengths and bytes are read big-endian", () => {
  const { shape, data } = readIdx(FILE, 3, "train-images");
  assert.deepEqual(shape, [2, 2, 3]);
  assert.deepEqual([...data], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 255]);
});

test("IDX: a view into a larger buffer is read from its own beginning", () => {
  const larger = new Uint8Array(FILE.length + 7);
  larger.set(FILE, 7);
  assert.deepEqual(readIdx(larger.subarray(7), 3, "x").shape, [2, 2, 3]);
});

test("IDX: a wrong magic number is refused with both numbers", () => {
  const wrong = Uint8Array.from(FILE);
  wrong[3] = 1;
  refused(wrong, 3, /magic number is 2049, not 2051/);
  refused(FILE, 1, /magic number is 2051, not 2049/);
});

test("IDX: every truncation is refused, and so is a byte too many", () => {
  for (let length = 0; length < FILE.length; length++)
    refused(FILE.subarray(0, length), 3, /train-images is truncated/);
  refused(Uint8Array.of(...FILE, 0), 3, /too long: its header says 2 × 2 × 3, which is 28 bytes/);
});

test("IDX: a count that the data do not have is refused", () => {
  const wrong = Uint8Array.from(FILE);
  wrong[7] = 3;
  refused(wrong, 3, /truncated: its header says 3 × 2 × 3, which is 34 bytes, but it has 28/);
  wrong[4] = 255;
  refused(wrong, 3, /truncated/);
});

test("IDX: a file that is still compressed is called that, not by its magic number", () => {
  refused(gzipSync(FILE), 3, /train-images is still a gzip file: .*train-images\.gz/);
});
