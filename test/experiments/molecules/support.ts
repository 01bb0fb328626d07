import { fromSmiles } from "../../../lib/data/molecules/index";
import { type MoleculesConfig, moleculesConfig } from "../../../lib/experiments/molecules/config";
import {
  CONFORMER_SCHEMA,
  centrePositions,
  conformerBatch,
  type PoolConformer,
} from "../../../lib/experiments/molecules/conformers";
import type { ScheduleConfig } from "../../../lib/models/geodiff/schedule";
import { MemoryBlock } from "../../../lib/pool/memoryBlock";
import { poolOf } from "../../../lib/pool/pool";
import type { View } from "../../../lib/pool/view";
import { viewOf } from "../../../lib/pool/viewOf";
import { Stream } from "../../../lib/random/stream";

/** The smallest network. */
export const model = (noiseSchedule: ScheduleConfig) => ({
  ...{ family: "geodiff", width: 8, interactions: 1, layers: 1, cutoff: 10, smooth: true },
  noiseSchedule,
});

/** The smallest model and data. */
export const config = (changes: Partial<Record<keyof MoleculesConfig, unknown>> = {}) =>
  moleculesConfig.parse({
    data: {
      ...{ dataset: "offline", trainMolecules: 2, conformersPerMolecule: 2, testMolecules: 1 },
      ...{ testConformers: 1, maxAtoms: 14 },
    },
    model: model({ steps: 100, betaStart: 1e-7, betaEnd: 0.09 }),
    training: { steps: 40, batchSize: 4, learningRate: 5e-3 },
    sampling: { steps: 5 },
    evaluation: { levels: 4, molecules: 1 },
    ...changes,
  });

/** Made-up conformers of a SMILES: points on a grid 1.2 Å apart, a little shaken. */
export function conformer(smiles: string, number: number, seed = 0, draws = 0): PoolConformer {
  const molecule = { ...fromSmiles(smiles), id: `molecule ${number}`, smiles: "" };
  const stream = new Stream(["conformer", smiles, number, seed]);
  const positions = Array.from({ length: 3 * molecule.atomicNumbers.length }, (_, k) => {
    const i = Math.floor(k / 3);
    return 1.2 * [i % 2, Math.floor(i / 2) % 2, Math.floor(i / 4)][k % 3] + 0.05 * stream.normal();
  });
  return { number, draws, molecule, positions: centrePositions(positions) };
}

export function blockOf(items: readonly PoolConformer[]): MemoryBlock {
  return new MemoryBlock(CONFORMER_SCHEMA, conformerBatch(items));
}

export function viewOfItems(items: readonly PoolConformer[]): View {
  const pool = poolOf(new Map([[1, blockOf(items)]]));
  return viewOf({ parts: [{ block: 1 }], produce: 0 }, pool, new Stream(["view"]));
}

/** Six conformers of three molecules: 3 of water, 2 of methanol, 1 of hydrogen cyanide. */
export const ITEMS = [
  ...[0, 1, 2].map((seed) => conformer("O", 4, seed)),
  ...[0, 1].map((seed) => conformer("CO", 0, seed)),
  conformer("C#N", 9),
];
