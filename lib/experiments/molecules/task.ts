import { type Ensemble, loadMolecules } from "../../data/molecules/index";
import { withReadableErrors } from "../../loop/config";
import { sourceOptions } from "../../loop/dataProgress";
import type { Task } from "../../loop/task";
import type { Batch } from "../../pool/schema";
import { ownDataNeeded } from "../ownDataNeeded";
import { type MoleculesConfig, moleculesConfig } from "./config";
import {
  CONFORMER_SCHEMA,
  centrePositions,
  conformerBatch,
  type PoolConformer,
} from "./conformers";
import { fit } from "./fit";
import { generatedConformers } from "./generatedConformers";
import { realConformers } from "./realConformers";
import { sample } from "./sample";
import { sampledSet } from "./sampledSet";
import { SMILES } from "./smiles";
import { testLoss } from "./testLoss";

/** Molecules written at once. */
const CHUNK = 200;

/**
 * Conformers of drug-like molecules and GeoDiff (Figure 4): one conformer per item, split by molecule.
 * The model samples conformers of given molecules, here those that it was trained on.
 */
export const moleculesTask: Task<MoleculesConfig> = {
  name: "molecules",
  version: { data: 1, fit: 1, sample: 1 },
  config: withReadableErrors(moleculesConfig, 'The config of task "molecules"'),
  module: __filename,
  schema: () => CONFORMER_SCHEMA,

  async loadReal(config, context) {
    const { dataset, own: _, ...counts } = config.data;
    if (dataset === "own") throw ownDataNeeded();
    const { train, test, ...origin } = await loadMolecules(
      dataset,
      counts,
      context.streams,
      sourceOptions(context),
    );
    return { ...conformerData(train, test), ...origin };
  },
  fit,
  sample,
  evaluations: {
    "test-loss": testLoss,
    conformers: generatedConformers,
    "sampled-set": sampledSet,
    "real-conformers": realConformers,
  },
};

/** Molecules as a task of conformers takes them. */
export function conformerData(train: readonly Ensemble[], test: readonly Ensemble[]) {
  const smiles = [...train, ...test].map(({ molecule }) => molecule.smiles);
  return {
    train: batches(train, 0),
    test: batches(test, train.length),
    artefacts: { [SMILES]: Buffer.from(JSON.stringify(smiles)) },
  };
}

/** One item per conformer, molecules numbered from `first` on. */
function* batches(ensembles: readonly Ensemble[], first: number): Generator<Batch> {
  for (let from = 0; from < ensembles.length; from += CHUNK)
    yield conformerBatch(
      ensembles.slice(from, from + CHUNK).flatMap(({ molecule, conformers }, k) =>
        conformers.map(
          ({ positions }): PoolConformer => ({
            ...{ number: first + from + k, draws: 0, molecule },
            positions: centrePositions(positions),
          }),
        ),
      ),
    );
}
