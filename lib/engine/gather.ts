// Rows of a table [rows, …] by index.

import { int32Scalar } from "./constants";
import { attribute, FLOAT, run, TYPE } from "./kernel";
import { engine, type Tensor } from "./load";
import { tidy } from "./tidy";

const GATHER = [
  attribute.type("Tparams", TYPE.float32),
  attribute.type("Tindices", TYPE.int32),
  attribute.type("Taxis", TYPE.int32),
  attribute.int("batch_dims", 0),
];

/** GatherV2 with tensors as indices and axis. */
export const gather = (table: Tensor, indices: Tensor, axis: Tensor): Tensor =>
  run("GatherV2", GATHER, table, indices, axis);

/** The rows of a table with these indices. */
export function gatherRows(table: Tensor, indices: Int32Array): Tensor {
  const { tf } = engine();
  return tidy(() => gather(table, tf.tensor1d(indices, "int32"), int32Scalar(0)));
}

const SEGMENTS = [
  ...FLOAT,
  attribute.type("Tindices", TYPE.int32),
  attribute.type("Tnumsegments", TYPE.int32),
];

/** Gradient of {@link gatherRows} with respect to a table of `count` rows: sums by index. */
export function scatterRows(dy: Tensor, indices: Int32Array, count: number): Tensor {
  const { tf } = engine();
  return tidy(() =>
    run("UnsortedSegmentSum", SEGMENTS, dy, tf.tensor1d(indices, "int32"), int32Scalar(count)),
  );
}
