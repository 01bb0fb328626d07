import { concat, split } from "../concat";
import type { Operation } from "../operation";
import { tidy } from "../tidy";

/**
 * An operation whose first `count` inputs are matrices [n, d] as one on these side by side,
 * [n, count · d]; further inputs follow. Keeps the pieces.
 */
export function splitColumns(count: number, operation: Operation): Operation {
  return {
    forward(x, ...others) {
      const pieces = split(x, new Array(count).fill(x.shape[1]! / count), 1);
      const { output, kept } = operation.forward(...pieces, ...others);
      return { output, kept: [...pieces, ...kept] };
    },
    backward(dOutput, [, ...others], kept, needed = []) {
      const pieces = kept.slice(0, count);
      return tidy(() => {
        const gradients = operation.backward(dOutput, [...pieces, ...others], kept.slice(count), [
          ...pieces.map(() => true),
          ...needed.slice(1),
        ]);
        return [
          concat(
            gradients.slice(0, count).map((d) => d!),
            1,
          ),
          ...gradients.slice(count),
        ];
      });
    },
  };
}

/** An operation on (Q, K, V), each [n, d], as one on their columns side by side, [n, 3d]. */
export const splitQkv = (attention: Operation): Operation => splitColumns(3, attention);
