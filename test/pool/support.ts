import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import fc from "fast-check";
import type { Batch, Schema } from "../../lib/pool/schema";

/** Two fixed fields and two ragged ones, of five dtypes. */
export const SCHEMA: Schema = {
  image: { dtype: "uint8", shape: [2, 3] },
  weight: { dtype: "float64", shape: [] },
  tokens: { dtype: "uint16", shape: [], ragged: true },
  atoms: { dtype: "float32", shape: [3], ragged: true },
  label: { dtype: "int32", shape: [1] },
};

/** Items with these numbers of tokens and atoms; item i's values are distinct and follow from `base`. */
export function batchOf(lengths: readonly (readonly [number, number])[], base = 0): Batch {
  const n = lengths.length;
  const tokens = offsetsOf(lengths.map(([count]) => count));
  const atoms = offsetsOf(lengths.map(([, count]) => count));
  return {
    length: n,
    columns: {
      image: { data: Uint8Array.from({ length: 6 * n }, (_, i) => base + i) },
      weight: { data: Float64Array.from({ length: n }, (_, i) => base + i + 0.25) },
      tokens: {
        data: Uint16Array.from({ length: tokens[n] }, (_, i) => 100 * base + i),
        offsets: tokens,
      },
      atoms: {
        data: Float32Array.from({ length: 3 * atoms[n] }, (_, i) => -base - i / 2),
        offsets: atoms,
      },
      label: { data: Int32Array.from({ length: n }, (_, i) => -(1000 * base + i)) },
    },
  };
}

function offsetsOf(lengths: readonly number[]): Float64Array {
  const offsets = new Float64Array(lengths.length + 1);
  lengths.forEach((length, i) => {
    offsets[i + 1] = offsets[i] + length;
  });
  return offsets;
}

/** Several batches of {@link SCHEMA}, empty items and empty batches among them. */
export const batches: fc.Arbitrary<Batch[]> = fc
  .array(fc.array(fc.tuple(fc.nat(5), fc.nat(4)), { maxLength: 12 }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((all) => all.map((lengths, k) => batchOf(lengths, 7 * k + 1)));

/** Item i of batches as plain arrays: the reference that reads, gathers and ranges must equal. */
export function items(all: readonly Batch[]): Record<string, number[]>[] {
  return all.flatMap(({ length, columns }) =>
    Array.from({ length }, (_, i) =>
      Object.fromEntries(
        Object.entries(columns).map(([name, { data, offsets }]) => {
          const width = SCHEMA[name].shape.reduce((a, b) => a * b, 1);
          const [from, to] = offsets ? [offsets[i], offsets[i + 1]] : [i, i + 1];
          return [name, [...data.subarray(from * width, to * width)]];
        }),
      ),
    ),
  );
}

/** A new folder a call, removed after the tests of the file. */
export function folders(name: string): () => string {
  const root = mkdtempSync(join(tmpdir(), `collapse-lab-${name}-`));
  after(() => rmSync(root, { recursive: true }));
  let count = 0;
  return () => join(root, String(count++));
}

/** One number per item, which says where the item comes from. */
export const ID_SCHEMA: Schema = { id: { dtype: "int32", shape: [] } };

/** Items whose value is 1,000,000·block + index. */
export function idBatch(block: number, length: number): Batch {
  const data = Int32Array.from({ length }, (_, i) => 1_000_000 * block + i);
  return { length, columns: { id: { data } } };
}
