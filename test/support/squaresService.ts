import type { Service } from "../../lib/engine/team/service";
import { tidy } from "../../lib/engine/tidy";
import { UserError } from "../../lib/errors";

/** Answers x with Σ (wᵢ x)²; refuses 13, takes its time for 0, and ends its thread for −1. */
export const squaresService: Service<{ scale: number }, number, number> = {
  module: __filename,
  name: "squaresService",
  open:
    ({ scale }) =>
    async (values, x, tell) => {
      if (x === 13) throw new UserError("Thirteen is not answered.");
      if (x === -1) process.exit(3);
      if (x === 0)
        for (let turn = 1; turn <= 60; turn++) {
          await new Promise((resolve) => setTimeout(resolve, 10));
          await tell(turn);
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
