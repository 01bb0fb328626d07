import type { Batch, Column, Field, Schema } from "./schema";
import { width, zeros } from "./schema";

/** Throws a RangeError that says how a batch differs from its schema. */
export function checkBatch(schema: Schema, batch: Batch): void {
  if (!Number.isInteger(batch.length) || batch.length < 0)
    throw new RangeError(`a batch cannot have ${batch.length} items`);
  for (const name of Object.keys(batch.columns))
    if (!Object.hasOwn(schema, name))
      throw new RangeError(
        `the batch has a column "${name}"; the schema has ${Object.keys(schema).join(", ")}`,
      );
  for (const [name, field] of Object.entries(schema)) {
    const column = batch.columns[name];
    if (column === undefined) throw new RangeError(`the batch lacks the column "${name}"`);
    checkColumn(name, field, column, batch.length);
  }
}

function checkColumn(name: string, field: Field, column: Column, items: number): void {
  const { data, offsets } = column;
  const expected = zeros(field.dtype, 0).constructor as new () => unknown;
  // A Buffer is a Uint8Array too.
  if (!(data instanceof expected))
    throw new RangeError(
      `column "${name}" is a ${data.constructor.name}; ${field.dtype} needs a ${expected.name}`,
    );
  if ((offsets !== undefined) !== (field.ragged === true))
    throw new RangeError(`column "${name}" ${offsets ? "has" : "lacks"} offsets`);
  let elements = items;
  if (offsets !== undefined) {
    if (offsets.length !== items + 1 || offsets[0] !== 0)
      throw new RangeError(
        `column "${name}" needs ${items + 1} offsets that begin with 0; it has ${offsets.length}`,
      );
    for (let i = 0; i < items; i++)
      if (!(offsets[i + 1] >= offsets[i]) || !Number.isInteger(offsets[i + 1]))
        throw new RangeError(`column "${name}": the offsets of item ${i} do not ascend`);
    elements = offsets[items];
  }
  if (data.length !== elements * width(field))
    throw new RangeError(
      `column "${name}" has ${data.length} numbers; ${elements} elements of shape ` +
        `[${field.shape.join(", ")}] need ${elements * width(field)}`,
    );
}

/** Throws the RangeError of {@link Block.gather} and {@link View.gather}. */
export function checkIndex(index: number, length: number): void {
  if (!(index >= 0 && index < length && Number.isInteger(index)))
    throw new RangeError(`item ${index} is outside of the ${length} items 0 … ${length - 1}`);
}

/** Throws unless from … to−1 lies within `length` items. */
export function checkRange(from: number, to: number, length: number): void {
  if (!(Number.isInteger(from) && Number.isInteger(to) && 0 <= from && from <= to && to <= length))
    throw new RangeError(`items ${from} … ${to} are not a range of the ${length} items there are`);
}
