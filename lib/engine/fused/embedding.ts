import { gatherRows, scatterRows } from "../pieces";
import type { Fused } from "./fused";

/** The rows `indices` of a table [rows, d], as [indices, d]. */
export function embedding(indices: Int32Array): Fused {
  return {
    forward: (table) => ({ output: gatherRows(table, indices), kept: [] }),
    backward: (dOutput, [table]) => [scatterRows(dOutput, indices, table.shape[0]!)],
  };
}
