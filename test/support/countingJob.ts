import type { InferenceJob } from "../../lib/engine/parallel/inferenceJob";
import { UserError } from "../../lib/errors";
import type { Range } from "../../lib/experiments/mapRanges";

/** The numbers of a range times the weight; earlier ranges take longer. Refuses number `bad`. */
export const countingJob: InferenceJob<{ bad?: number }, Range, number[]> = {
  module: __filename,
  name: "countingJob",
  prepare:
    ({ bad }) =>
    async (values, { from, count }) => {
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, 40 - from)));
      const numbers = Array.from({ length: count }, (_, i) => from + i);
      if (bad !== undefined && numbers.includes(bad)) throw new UserError(`Not ${bad}.`);
      const [weight] = values.w.dataSync();
      return numbers.map((n) => n * weight);
    },
};
