import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { Task } from "../../lib/loop/task";

const Config = z.strictObject({
  /** Steps of one fit. */
  steps: z.number().int().min(1),
  /** Milliseconds a step takes, so that there is time to interrupt it. */
  pause: z.number().default(0),
  /** Step at which something happens to the fit, for tests of faults. */
  fault: z.strictObject({ kind: z.enum(["nan", "die", "throw"]), n: z.number() }).optional(),
});
type Config = z.infer<typeof Config>;

/**
 * A task whose fit is a long random walk that reads its training view at every step: each bit of
 * the result depends on every step, on the data and on the streams. For tests of resume and faults.
 */
export const walkTask: Task<Config> = {
  name: "walk",
  version: { data: 1, fit: 1, sample: 1 },
  config: Config,
  module: __filename,
  schema: () => ({ x: { dtype: "float64", shape: [] } }),

  async loadReal(_config, { streams }) {
    const items = (name: string) => [
      { length: 50, columns: { x: { data: streams.get(name).normals(new Float64Array(50)) } } },
    ];
    return { train: items("train"), test: items("test"), checksums: {}, description: "50 normals" };
  },

  async fit({ steps, pause, fault }, view, context) {
    const resumed = context.resume;
    let position = resumed ? resumed.state.position.data[0] : 0;
    for (let step = resumed?.step ?? 0; step < steps; step++) {
      const stream = context.streams.get("walk").at(step);
      const item = view.gather([stream.integer(view.length)]).columns.x.data[0];
      position = Math.sin(position + item + stream.normal());
      context.record({ step, position });
      if (fault && fault.n === context.generation && step === steps >> 1) {
        if (fault.kind === "die") process.kill(process.pid, "SIGKILL");
        if (fault.kind === "throw") throw new Error("walked into a wall");
        position = Number.NaN;
      }
      if (context.checkpointDue())
        await context.checkpoint({
          step: step + 1,
          state: { position: { shape: [1], data: Float64Array.of(position) } },
        });
      await context.progress(step + 1, steps, { position });
      if (pause > 0) await sleep(pause);
    }
    return { position: { shape: [1], data: Float64Array.of(position) } };
  },

  async *sample(_config, { position }, count, { streams }) {
    const data = streams.get("sampling").normals(new Float64Array(count));
    yield { length: count, columns: { x: { data: data.map((z) => z + position.data[0]) } } };
  },

  evaluations: {
    position: {
      version: 1,
      run: async (_config, { weights: { position } }) => ({
        metrics: { position: position.data[0] },
      }),
    },
  },
};
