import { DRUGS_5000 } from "../../models/geodiff/schedule";
import type { PresetName } from "../experiment";
import { moleculesConfig } from "./config";
import { paper } from "./paperPreset";
import type { MoleculesPreset, Variant } from "./preset";
import { LAST, STRIDED } from "./readings";

const replace = { kind: "replace" };
const accumulate = { kind: "accumulate" };
const multiple = { kind: "replace-multiple" };
const subsample = { kind: "accumulate-subsample" };

const main: Omit<Variant, "chains"> = {
  name: "main",
  label: LAST.label,
  role: "reading",
  changes: {},
};
const strided: Omit<Variant, "chains"> = {
  name: "strided",
  label: STRIDED.label,
  role: "reading",
  changes: { sampling: STRIDED.sampling },
};

/** Twice the main variant's training: does it decide what is seen? */
const longer = (steps: number): Omit<Variant, "chains"> => ({
  name: "longer",
  label: "twice the training",
  role: "training",
  changes: { training: { steps: 2 * steps } },
});

/** As many passes over every pool as the main variant makes over the real data: fits that grow. */
const passes = (epochs: number): Omit<Variant, "chains"> => ({
  name: "passes",
  label: "training that grows with the pool",
  role: "training",
  changes: { training: { epochs } },
});

const laptop: MoleculesPreset = {
  task: moleculesConfig.parse({
    dataset: "conformer-benchmark",
    ...{ molecules: 150, conformersPerMolecule: 5, testMolecules: 40, testConformers: 3 },
    maxAtoms: 40,
    model: { width: 32, interactions: 3, layers: 2, cutoff: 10, smooth: true },
    schedule: DRUGS_5000,
    // Small batches and a high rate: with so short a training it is steps that a model learns from.
    training: { steps: 1600, batch: 16, learningRate: 5e-3 },
    sampling: LAST.sampling,
    evaluation: { molecules: 20 },
  }),
  variants: [
    {
      ...main,
      chains: [
        { regimes: [replace, accumulate], iterations: 9, seeds: 3 },
        { regimes: [multiple], iterations: 3, seeds: 3 },
        { regimes: [subsample], iterations: 2, seeds: 3 },
      ],
    },
    { ...strided, chains: [{ regimes: [replace, accumulate], iterations: 3, seeds: 3 }] },
    {
      ...longer(1600),
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
  task: moleculesConfig.parse({
    dataset: "offline",
    ...{ molecules: 16, conformersPerMolecule: 4, testMolecules: 6, testConformers: 4 },
    maxAtoms: 17,
    model: { width: 32, interactions: 2, layers: 2, cutoff: 10, smooth: true },
    schedule: DRUGS_5000,
    // Small batches and a high rate: with so few conformers it is steps that a model learns from.
    training: { steps: 600, batch: 16, learningRate: 3e-3 },
    sampling: LAST.sampling,
    evaluation: { molecules: 6 },
  }),
  variants: [
    {
      ...main,
      chains: [
        { regimes: [replace, accumulate], iterations: 4, seeds: 2 },
        { regimes: [subsample], iterations: 3, seeds: 2 },
      ],
    },
    { ...strided, chains: [{ regimes: [replace, accumulate], iterations: 3, seeds: 2 }] },
  ],
};

export const PRESETS_OF_MOLECULES: Readonly<Record<PresetName, MoleculesPreset>> = {
  quick,
  laptop,
  paper,
};
