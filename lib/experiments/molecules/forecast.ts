import { CONFORMER_BENCHMARK, GEOM_DRUGS } from "../../data/molecules/index";
import { whereabouts } from "../../data/whereabouts";
import { geoDiff } from "../../models/geodiff/index";
import type { RunStore } from "../../store/runStore";
import { stepsOf } from "../../training/steps";
import { type Costs, FLOAT, type Reference } from "../forecast/costs";
import type { Forecast } from "../forecast/forecast";
import { forecastChains } from "../forecast/forecastChains";
import { chainsOf } from "../preset";
import type { MoleculesConfig } from "./config";
import type { MoleculesPreset } from "./preset";
import { moleculesTask } from "./task";

/** GeoDiff 128 wide of bench/README.md: 36 conformers/s in training per process of one thread. */
const REFERENCE: Reference = {
  operationsPerSecond: 5e10,
  secondsPerStep: 2e-2,
  basis: "bench/README.md, 50 GFLOP/s per process",
};

/** Atoms of a molecule on average, where the config does not leave out the larger ones. */
const ATOMS = { offline: 13, "conformer-benchmark": 45, "geom-drugs": 44 } as const;

const DATA = {
  offline: () => "offline molecules: built here from SMILES",
  "conformer-benchmark": () => whereabouts(CONFORMER_BENCHMARK),
  "geom-drugs": () => whereabouts(GEOM_DRUGS),
  own: () => "own molecules: read here",
} as const;

export function forecastMolecules(preset: MoleculesPreset, store: RunStore): Forecast {
  return forecastChains(
    {
      task: moleculesTask.name,
      chains: chainsOf(moleculesTask, preset).map(({ chain }) => chain),
      costsOf: (config) => moleculesCosts(config as MoleculesConfig),
      referenceOf: () => REFERENCE,
      data: [DATA[preset.task.data.dataset]()],
    },
    store,
  );
}

/** An item is a conformer. Sections that a stage does not depend on may be missing. */
export function moleculesCosts(config: MoleculesConfig): Costs {
  const { data, model, training, sampling, evaluation } = config;
  // Molecules up to a size are on average about three quarters as large.
  const atoms =
    data.dataset === "own"
      ? (data.own?.atoms ?? data.maxAtoms)
      : Math.min(ATOMS[data.dataset], 0.75 * data.maxAtoms);
  const square = 2 * model.width ** 2;
  // Of a pair: edge encoder, a filter of two layers per interaction, a head of 2.5 layers.
  const pair = square * (1 + 2 * model.interactions + 2.5);
  const atom = square * (3 * model.interactions + 2 * model.layers);
  const forward = ((atoms - 1) / 2) * pair + atom;
  const drawn = sampling ? sampling.steps * forward : 0;
  const conformers = evaluation ? 2 * evaluation.molecules * data.testConformers : 0;
  const losses = evaluation ? evaluation.levels * data.testMolecules * data.testConformers : 0;
  return {
    trainItems: data.trainMolecules * data.conformersPerMolecule,
    ...{ items: "conformers", unit: "atoms", unitsPerItem: atoms },
    batchSize: training.batchSize,
    steps: (items) =>
      stepsOf({ ...training, batchSize: Math.min(training.batchSize, items) }, items),
    fitOperations: 3 * forward,
    sampleOperations: drawn,
    evaluationOperations: atoms * (conformers * drawn + losses * forward),
    modelBytes: FLOAT * geoDiff(model).parameterCount,
    // Coordinates, elements, bonds and offsets.
    itemBytes: atoms * 30,
  };
}
