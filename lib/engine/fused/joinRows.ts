import { join, split } from "../pieces";
import type { Fused } from "./fused";

/** Matrices of one width, one below the other. Keeps nothing. */
export const joinRows: Fused = {
  forward: (...parts) => ({ output: join(parts), kept: [] }),
  backward: (dOutput, parts) =>
    split(
      dOutput,
      parts.map(({ shape }) => shape[0]!),
    ),
};
