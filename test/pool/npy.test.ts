import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import fc from "fast-check";
import { UserError } from "../../lib/errors";
import type { NpyHeader } from "../../lib/pool/npy";
import { int64ToNumbers, npyHeader, readNpyHeader } from "../../lib/pool/npy";
import { NpyWriter } from "../../lib/pool/npyWriter";

const root = mkdtempSync(join(tmpdir(), "collapse-lab-npy-"));
after(() => rmSync(root, { recursive: true }));

function header(bytes: Uint8Array): NpyHeader {
  const path = join(root, "numbers.npy");
  writeFileSync(path, bytes);
  const fd = openSync(path, "r");
  try {
    return readNpyHeader(fd, path);
  } finally {
    closeSync(fd);
  }
}

/** A header as NumPy itself writes it: version 1.0, the dictionary padded to a multiple of 64. */
function numpy(dictionary: string, version = 1): Buffer {
  const before = version === 1 ? 10 : 12;
  const length = Math.ceil((before + dictionary.length + 1) / 64) * 64 - before;
  const bytes = Buffer.alloc(before + length, " ");
  bytes.write(`\x93NUMPY${String.fromCharCode(version)}\x00`, 0, "latin1");
  if (version === 1) bytes.writeUInt16LE(length, 8);
  else bytes.writeUInt32LE(length, 8);
  bytes.write(dictionary, before, "latin1");
  bytes[bytes.length - 1] = 0x0a;
  return bytes;
}

function refused(bytes: Uint8Array, pattern: RegExp): void {
  assert.throws(
    () => header(bytes),
    (error) => error instanceof UserError && pattern.test(error.message),
  );
}

test("headers as NumPy writes them are read: dtype, shape, start of data", () => {
  const vector = "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }";
  assert.deepEqual(header(numpy(vector)), { dtype: "float32", shape: [3], start: 128 });
  const matrix = "{'descr': '<i8', 'fortran_order': False, 'shape': (4, 2), }";
  assert.deepEqual(header(numpy(matrix)), { dtype: "int64", shape: [4, 2], start: 128 });
  const bytes = "{'descr': '|u1', 'fortran_order': False, 'shape': (2, 28, 28, 1), }";
  assert.deepEqual(header(numpy(bytes, 2)).shape, [2, 28, 28, 1]);
});

test("a written header reads back, and its length does not depend on the count", () => {
  const dtype = fc.constantFrom("uint8", "uint16", "int32", "int64", "float32", "float64");
  const shape = fc.array(fc.integer({ min: 1, max: 4096 }), { maxLength: 5 });
  fc.assert(
    fc.property(dtype, fc.nat(Number.MAX_SAFE_INTEGER), shape, (type, count, element) => {
      const written = npyHeader(type as "uint8", count, element);
      assert.deepEqual(header(written), {
        dtype: type,
        shape: [count, ...element],
        start: written.length,
      });
      assert.equal(written.length, npyHeader(type as "uint8", 0, element).length);
      assert.equal(written.length % 64, 0);
    }),
  );
});

test("what is not a readable NumPy array is refused in a sentence", () => {
  refused(Buffer.from("PK\x03\x04 something else"), /magic bytes/);
  refused(Buffer.alloc(0), /magic bytes/);
  const make = (descr: string, order = "False") =>
    numpy(`{'descr': '${descr}', 'fortran_order': ${order}, 'shape': (3,), }`);
  refused(make(">f4"), /element type >f4; readable are/);
  refused(make("<f2"), /element type <f2/);
  refused(make("|O"), /element type \|O/);
  refused(make("<f4", "True"), /Fortran order/);
  refused(numpy("{'descr': [('x', '<f4')], 'fortran_order': False, 'shape': (3,), }"), /damaged/);
  refused(numpy("nothing of the kind"), /damaged NumPy header/);
  refused(make("<f4").subarray(0, 60), /truncated: its NumPy header is incomplete/);
  const future = make("<f4");
  future[6] = 9;
  refused(future, /format 9; only 1, 2 and 3/);
});

test("a writer appends without knowing the count; the hash is that of the array's bytes", () => {
  const path = join(root, "stream.npy");
  const writer = new NpyWriter(path, "int32", [2]);
  writer.append(Int32Array.of(1, -2));
  writer.append(new Int32Array(0));
  writer.append(Int32Array.of(9, 9, 3, 4, 5, 6).subarray(2));
  assert.throws(() => header(readFileSync(path)), /magic bytes/, "unfinished files are unreadable");
  const { bytes, sha256 } = writer.finish(3);
  const file = readFileSync(path);
  assert.equal(file.length, bytes);
  const { shape, start } = header(file);
  assert.deepEqual(shape, [3, 2]);
  const data = Uint8Array.from(file.subarray(start));
  assert.deepEqual([...new Int32Array(data.buffer)], [1, -2, 3, 4, 5, 6]);
  assert.equal(createHash("sha256").update(data).digest("hex"), sha256);
  assert.throws(() => writer.append(Int32Array.of(1)), /was closed and is written again/);
});

test("int64 numbers are exact up to 2^53 in size, at any alignment", () => {
  fc.assert(
    fc.property(fc.array(fc.maxSafeInteger(), { maxLength: 9 }), fc.nat(7), (numbers, shift) => {
      const bytes = new Uint8Array(8 * numbers.length + shift);
      const packed = BigInt64Array.from(numbers, BigInt);
      bytes.set(new Uint8Array(packed.buffer), shift);
      assert.deepEqual(
        [...int64ToNumbers(bytes.subarray(shift))],
        numbers.map((x) => x + 0),
      );
    }),
  );
});
