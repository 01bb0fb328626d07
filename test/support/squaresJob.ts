import type { InferenceJob } from "../../lib/engine/parallel/inferenceJob";
import { tidy } from "../../lib/engine/tidy";
import { UserError } from "../../lib/errors";

/** x → Σ (wᵢ x)²; refuses 13, takes its time for 0, and exits its thread for −1. */
export const squaresJob: InferenceJob<{ scale: number }, number, number> = {
  module: __filename,
  name: "squaresJob",
  prepare:
    ({ scale }) =>
    async (values, x, onProgress) => {
      if (x === 13) throw new UserError("Thirteen is refused.");
      if (x === -1) process.exit(3);
      if (x === 0)
        for (let turn = 1; turn <= 60; turn++) {
          await new Promise((resolve) => setTimeout(resolve, 10));
          await onProgress(turn);
        }
      return tidy(
        () =>
          values.w
            .mul(x * scale)
            .square()
            .sum()
            .dataSync()[0],
      );
    },
};
