import type { Batch, Column, Field, Schema } from "./schema";
import { width, zeros } from "./schema";

/** First number of item `i` of a column, and of the one after it. */
function span(field: Field, column: Column, i: number): [number, number] {
  const w = width(field);
  return column.offsets ? [column.offsets[i] * w, column.offsets[i + 1] * w] : [i * w, (i + 1) * w];
}

/**
 * Interleaves batches: item i of the result is item `items[i]` of `batches[sources[i]]`.
 */
export function pick(
  schema: Schema,
  batches: readonly Batch[],
  sources: ArrayLike<number>,
  items: ArrayLike<number>,
): Batch {
  const length = items.length;
  const columns: Record<string, Column> = {};
  for (const [name, field] of Object.entries(schema)) {
    const parts = batches.map((batch) => batch.columns[name]);
    const w = width(field);
    const offsets = new Float64Array(length + 1);
    for (let i = 0; i < length; i++) {
      const [from, to] = span(field, parts[sources[i]], items[i]);
      offsets[i + 1] = offsets[i] + (to - from) / w;
    }
    const data = zeros(field.dtype, offsets[length] * w);
    for (let i = 0; i < length; i++) {
      const part = parts[sources[i]];
      const [from, to] = span(field, part, items[i]);
      data.set(part.data.subarray(from, to), offsets[i] * w);
    }
    columns[name] = field.ragged ? { data, offsets } : { data };
  }
  return { length, columns };
}

/** The items of all batches, in order. */
export function concat(schema: Schema, batches: readonly Batch[]): Batch {
  if (batches.length === 1) return batches[0];
  const length = batches.reduce((sum, batch) => sum + batch.length, 0);
  const columns: Record<string, Column> = {};
  for (const [name, field] of Object.entries(schema)) {
    const parts = batches.map((batch) => batch.columns[name]);
    const data = zeros(
      field.dtype,
      parts.reduce((sum, part) => sum + part.data.length, 0),
    );
    const offsets = new Float64Array(field.ragged ? length + 1 : 0);
    let numbers = 0;
    let items = 0;
    for (const part of parts) {
      data.set(part.data, numbers);
      if (part.offsets) {
        const before = offsets[items];
        for (let i = 1; i < part.offsets.length; i++) offsets[items + i] = before + part.offsets[i];
        items += part.offsets.length - 1;
      }
      numbers += part.data.length;
    }
    columns[name] = field.ragged ? { data, offsets } : { data };
  }
  return { length, columns };
}
