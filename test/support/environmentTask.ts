import { z } from "zod";
import type { Task } from "../../lib/loop/task";

const Config = z.strictObject({ value: z.string() });

/** A task that measures an environment variable which its process must have been started with. */
export const environmentTask: Task<z.infer<typeof Config>> = {
  name: "environment",
  version: { data: 1, fit: 1, sample: 1 },
  config: Config,
  module: __filename,
  environment: ({ value }) => ({ COLLAPSE_LAB_TEST: value }),
  schema: () => ({ x: { dtype: "float64", shape: [] } }),
  async loadReal() {
    const items = [{ length: 1, columns: { x: { data: Float64Array.of(1) } } }];
    return { train: items, test: items, checksums: {}, description: "one number" };
  },
  fit: async () => ({}),
  async *sample(_config, _weights, length) {
    yield { length, columns: { x: { data: new Float64Array(length) } } };
  },
  evaluations: {
    environment: {
      version: 1,
      run: async () => ({
        metrics: { value: Number(process.env.COLLAPSE_LAB_TEST), process: process.pid },
      }),
    },
  },
};
