import { UserError } from "../errors";
import type { Row } from "../metrics/row";
import type { Block } from "../pool/block";
import { sizeOf } from "../sizeOf";

/** Largest number of columns that one field may be spread over. */
const MAX_COLUMNS = 1000;

/**
 * Items of numbers as rows of a table: a scalar field is a column, a field of several numbers the columns
 * `x_0`, `x_1`, … in C order.
 * @throws UserError for a field whose length differs from item to item, or of more than 1,000 numbers
 */
export function itemRows(block: Block): Row[] {
  const { columns } = block.range(0, block.length);
  const fields = Object.entries(block.schema).map(([name, { shape, ragged }]) => {
    const size = sizeOf(shape);
    if (ragged || size > MAX_COLUMNS)
      throw new UserError(
        `The field "${name}" is no column of a table: ${ragged ? "its length differs from item to item" : `it has ${size} numbers`}.`,
      );
    const names =
      shape.length === 0 ? [name] : Array.from({ length: size }, (_, k) => `${name}_${k}`);
    return { names, size, data: columns[name].data };
  });
  return Array.from({ length: block.length }, (_, i) =>
    Object.fromEntries(
      fields.flatMap(({ names, size, data }) => names.map((name, k) => [name, data[i * size + k]])),
    ),
  );
}
