import { PAPER_GEODIFF } from "../../models/geodiff/config";
import { DRUGS_5000 } from "../../models/geodiff/schedule";
import { moleculesConfig } from "./config";
import type { MoleculesPreset } from "./preset";
import { LAST, STRIDED } from "./readings";

/** A single run a regime, iterations 0 … 8. */
const chains = [
  { regimes: [{ kind: "replace" }, { kind: "accumulate" }], iterations: 9, seeds: 1 },
];

/**
 * The paper's runs. Of GeoDiff it gives no more than 50 steps a prediction and 40,000 conformations to
 * begin with; the rest is GeoDiff's own configuration for Drugs. Whether those are 40,000 conformers or
 * the file of 40,000 molecules with five each is not clear: here it is one conformer of each molecule.
 */
export const paper: MoleculesPreset = {
  task: moleculesConfig.parse({
    dataset: "geom-drugs",
    ...{ molecules: 40_000, conformersPerMolecule: 1, testMolecules: 1000, testConformers: 5 },
    maxAtoms: 400,
    model: PAPER_GEODIFF,
    schedule: DRUGS_5000,
    training: {
      ...{ steps: 3_000_000, batch: 32, learningRate: 1e-3, clip: 30_000 },
      decay: { kind: "plateau", every: 5000, factor: 0.6, patience: 10 },
    },
    sampling: LAST.sampling,
    evaluation: { levels: 10, molecules: 200 },
  }),
  variants: [
    { name: "main", label: LAST.label, role: "reading", changes: {}, chains },
    {
      name: "strided",
      label: STRIDED.label,
      role: "reading",
      changes: { sampling: STRIDED.sampling },
      chains,
    },
  ],
};
