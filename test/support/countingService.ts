import type { Service } from "../../lib/engine/team/service";
import { UserError } from "../../lib/errors";
import type { Range } from "../../lib/experiments/inRanges";

/** Answers a range with its numbers times the weight; the earlier, the later. Refuses number `bad`. */
export const countingService: Service<{ bad?: number }, Range, number[]> = {
  module: __filename,
  name: "countingService",
  open:
    ({ bad }) =>
    async (values, { from, count }) => {
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, 40 - from)));
      const numbers = Array.from({ length: count }, (_, i) => from + i);
      if (bad !== undefined && numbers.includes(bad)) throw new UserError(`Not ${bad}.`);
      const [weight] = values.w.dataSync();
      return numbers.map((n) => n * weight);
    },
};
