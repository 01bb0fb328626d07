import { concat, split } from "../concat";
import type { Operation } from "../operation";

/** Matrices of equal width, one below another. Keeps nothing. */
export const concatRows: Operation = {
  forward: (...matrices) => ({ output: concat(matrices), kept: [] }),
  backward: (dOutput, matrices) =>
    split(
      dOutput,
      matrices.map(({ shape }) => shape[0]!),
    ),
};
