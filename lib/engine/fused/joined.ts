import { join, split } from "../pieces";
import { tidy } from "../tidy";
import type { Fused } from "./fused";

/** An operation on (A, B, C), all [n, d], as one on their columns side by side, [n, 3d]. */
export function joined(operation: Fused): Fused {
  return {
    forward(x) {
      const width = x.shape[1]! / 3;
      const parts = split(x, [width, width, width], 1);
      const { output, kept } = operation.forward(...parts);
      return { output, kept: [...parts, ...kept] };
    },
    backward: (dOutput, _, [a, b, c, ...kept]) =>
      tidy(() => [join(operation.backward(dOutput, [a, b, c], kept) as never, 1)]),
  };
}
