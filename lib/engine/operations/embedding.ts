import { gatherRows, scatterRows } from "../gather";
import type { Operation } from "../operation";

/** The rows `indices` of a table [rows, d], as [indices, d]. */
export function embedding(indices: Int32Array): Operation {
  return {
    forward: (table) => ({ output: gatherRows(table, indices), kept: [] }),
    backward: (dOutput, [table]) => [scatterRows(dOutput, indices, table.shape[0]!)],
  };
}
