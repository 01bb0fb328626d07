import { add } from "../elementwise";
import type { Fused } from "./fused";

/** a + b of equal shapes: the residual connection. */
export const sum: Fused = {
  forward: (a, b) => ({ output: add(a, b), kept: [] }),
  backward: (dOutput) => [dOutput, dOutput],
};
