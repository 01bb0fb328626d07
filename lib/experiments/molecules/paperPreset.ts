import { PAPER_GEODIFF } from "../../models/geodiff/config";
import { DRUGS_5000 } from "../../models/geodiff/schedule";
import { MAIN } from "../preset";
import { moleculesConfig } from "./config";
import type { MoleculesPreset } from "./preset";
import { evenLevels, lastLevels } from "./samplerVariants";

/** One seed per regime, iterations 0 … 8. */
const chains = [
  { regimes: [{ kind: "replace" }, { kind: "accumulate" }], iterations: 9, seeds: 1 },
];

/**
 * The paper's experiment. Of GeoDiff it states only the 50 steps per sample and the 40,000 initial
 * conformations; the rest is GeoDiff's own configuration for Drugs. It is not clear whether these are
 * 40,000 conformers or the file of 40,000 molecules with five conformers each: here it is one conformer
 * of each molecule.
 */
export const paper: MoleculesPreset = {
  task: moleculesConfig.parse({
    data: {
      ...{ dataset: "geom-drugs", trainMolecules: 40_000, conformersPerMolecule: 1 },
      ...{ testMolecules: 1000, testConformers: 5, maxAtoms: 400 },
    },
    model: { family: "geodiff", ...PAPER_GEODIFF, noiseSchedule: DRUGS_5000 },
    training: {
      ...{ steps: 3_000_000, batchSize: 32, learningRate: 1e-3, clipNorm: 30_000 },
      schedule: { kind: "plateau", every: 5000, factor: 0.6, patience: 10 },
    },
    sampling: lastLevels.sampling,
    evaluation: { levels: 10, molecules: 200 },
  }),
  variants: [
    { name: MAIN, label: lastLevels.label, role: "sampler", changes: {}, chains },
    {
      ...{ name: "even-levels", label: evenLevels.label, role: "sampler" },
      ...{ changes: { sampling: evenLevels.sampling }, chains },
    },
  ],
};
