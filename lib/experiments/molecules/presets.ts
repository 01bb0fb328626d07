import { DRUGS_5000 } from "../../models/geodiff/schedule";
import { withChanges } from "../changes";
import type { PresetName } from "../experiment";
import { MAIN } from "../preset";
import { type MoleculesConfig, moleculesConfig } from "./config";
import { paper } from "./paperPreset";
import type { MoleculesPreset, Variant } from "./preset";
import { evenLevels, lastLevels } from "./samplerVariants";

const replace = { kind: "replace" };
const accumulate = { kind: "accumulate" };
const multiple = { kind: "replace-multiple" };
const subsample = { kind: "accumulate-subsample" };

const main: Omit<Variant, "chains"> = {
  name: MAIN,
  label: lastLevels.label,
  role: "sampler",
  changes: {},
};
const even: Omit<Variant, "chains"> = {
  name: "even-levels",
  label: evenLevels.label,
  role: "sampler",
  changes: { sampling: evenLevels.sampling },
};

/** Twice the main variant's training: does its length decide the outcome? */
const longer = ({ training }: MoleculesConfig): Omit<Variant, "chains"> => ({
  name: "longer",
  label: "twice the training",
  role: "training",
  changes: { training: { steps: 2 * training.steps } },
});

/** As many passes over every pool as the main variant makes over the real data. */
const passes = (epochs: number): Omit<Variant, "chains"> => ({
  name: "passes",
  label: "training that grows with the pool",
  role: "training",
  changes: { training: { epochs } },
});

const laptopTask = moleculesConfig.parse({
  data: {
    ...{ dataset: "conformer-benchmark", trainMolecules: 150, conformersPerMolecule: 5 },
    ...{ testMolecules: 40, testConformers: 3, maxAtoms: 40 },
  },
  model: {
    ...{ family: "geodiff", width: 32, interactions: 3, layers: 2, cutoff: 10, smooth: true },
    noiseSchedule: DRUGS_5000,
  },
  // Small batches and a high learning rate: in so short a training the number of steps matters most.
  training: { steps: 1600, batchSize: 16, learningRate: 5e-3 },
  sampling: lastLevels.sampling,
  evaluation: { molecules: 20 },
});

const laptop: MoleculesPreset = {
  task: laptopTask,
  variants: [
    {
      ...main,
      chains: [
        { regimes: [replace, accumulate], iterations: 9, seeds: 3 },
        { regimes: [multiple], iterations: 3, seeds: 3 },
        { regimes: [subsample], iterations: 2, seeds: 3 },
      ],
    },
    { ...even, chains: [{ regimes: [replace, accumulate], iterations: 3, seeds: 3 }] },
    {
      ...longer(laptopTask),
      chains: [
        { regimes: [accumulate], iterations: 9, seeds: 1 },
        { regimes: [replace], iterations: 2, seeds: 1 },
      ],
    },
    // 35 passes over the 742 real conformers are 1,610 steps.
    { ...passes(35), chains: [{ regimes: [accumulate], iterations: 4, seeds: 3 }] },
  ],
};

const quick: MoleculesPreset = {
  task: moleculesConfig.parse(
    withChanges(laptopTask, {
      data: {
        ...{ dataset: "offline", trainMolecules: 16, conformersPerMolecule: 4 },
        ...{ testMolecules: 6, testConformers: 4, maxAtoms: 17 },
      },
      model: { interactions: 2 },
      training: { steps: 600, learningRate: 3e-3 },
      evaluation: { molecules: 6 },
    }),
  ),
  variants: [
    {
      ...main,
      chains: [
        { regimes: [replace, accumulate], iterations: 4, seeds: 2 },
        { regimes: [subsample], iterations: 3, seeds: 2 },
      ],
    },
    { ...even, chains: [{ regimes: [replace, accumulate], iterations: 3, seeds: 2 }] },
  ],
};

export const PRESETS_OF_MOLECULES: Readonly<Record<PresetName, MoleculesPreset>> = {
  quick,
  laptop,
  paper,
};
