import { z } from "zod";
import type { Evaluation } from "../../lib/loop/evaluation";
import type { Task } from "../../lib/loop/task";

const Config = z.strictObject({
  data: z.strictObject({ items: z.number() }),
  training: z.strictObject({ shift: z.number() }).prefault({ shift: 0 }),
  sampling: z.strictObject({ temperature: z.number() }).prefault({ temperature: 1 }),
  evaluation: z.strictObject({ power: z.number() }).prefault({ power: 1 }),
});
export type CountingConfig = z.infer<typeof Config>;

/** How often each of a task's functions was called. */
export type Calls = Record<"loads" | "fits" | "samples" | "evaluations", number>;

const evaluation = (calls: Calls): Evaluation<CountingConfig> => ({
  version: 1,
  async run({ evaluation: { power } }, { weights: { mean } }) {
    calls.evaluations++;
    return { metrics: { moment: mean.data[0] ** power } };
  },
});

/** A task with all five sections, which counts what is done: the mean of normals, sampled around. */
export function countingTask(
  calls: Calls,
  changes: Partial<Task<CountingConfig>> = {},
): Task<CountingConfig> {
  return {
    name: "counting",
    version: { data: 1, fit: 1, sample: 1 },
    config: Config,
    schema: () => ({ x: { dtype: "float64", shape: [] } }),
    async loadReal({ data: { items } }, { streams }) {
      calls.loads++;
      const draw = (name: string) => [
        {
          length: items,
          columns: { x: { data: streams.get(name).normals(new Float64Array(items)) } },
        },
      ];
      return { train: draw("train"), test: draw("test"), checksums: {}, description: "normals" };
    },
    async fit({ training: { shift } }, view) {
      calls.fits++;
      const { data } = view.range(0, view.length).columns.x;
      let mean = shift;
      for (const x of data) mean += x / data.length;
      return { mean: { shape: [1], data: Float64Array.of(mean) } };
    },
    async *sample({ sampling: { temperature } }, { mean }, count, { streams }) {
      calls.samples++;
      const data = streams.get("sampling").normals(new Float64Array(count));
      yield {
        length: count,
        columns: { x: { data: data.map((z) => mean.data[0] + temperature * z) } },
      };
    },
    evaluations: { moment: evaluation(calls) },
    ...changes,
  };
}
