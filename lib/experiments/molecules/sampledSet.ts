import type { Evaluation } from "../../loop/evaluation";
import type { MoleculesConfig } from "./config";
import { divergedDraws } from "./sampleWithRetries";

/** The sampled block: `poolDiverged`, the number of fresh starts because the sampler diverged. */
export const sampledSet: Evaluation<MoleculesConfig> = {
  version: 1,
  sections: [],
  reads: ["block"],
  async run(_, { block }) {
    const { draws } = block.range(0, block.length).columns;
    const poolDiverged = Array.from(draws.data).reduce((sum, n) => sum + divergedDraws(n), 0);
    return { metrics: { poolDiverged } };
  },
};
