import { fromSmiles } from "../../../lib/data/molecules/index";
import type { Molecule } from "../../../lib/data/molecules/molecule";
import { engine, type Tensor } from "../../../lib/engine/load";
import type { GeoDiffConfig } from "../../../lib/models/geodiff/config";
import { Stream } from "../../../lib/random/stream";
import type { Weights } from "../../../lib/store/weights";

export const { tf } = engine({ threads: 1 });

export const TINY: GeoDiffConfig = {
  width: 8,
  interactions: 2,
  layers: 2,
  cutoff: 4,
  smooth: true,
};

/** A molecule of given atoms and single bonds. */
export const molecule = (atomicNumbers: number[], bonds: [number, number][]): Molecule => ({
  smiles: "",
  atomicNumbers: Uint8Array.from(atomicNumbers),
  formalCharges: new Int8Array(atomicNumbers.length),
  bonds: bonds.map(([a, b]) => [a, b, 1]),
  aromaticBonds: [],
});

export const parsed = (smiles: string): Molecule => fromSmiles(smiles);

/** Coordinates of a molecule's size, a few ångström apart. */
export const scattered = (atoms: number, name: string): Float64Array =>
  new Stream(["positions", name]).normals(new Float64Array(3 * atoms)).map((x) => 2 * x);

export const tensors = (weights: Weights): Record<string, Tensor> =>
  Object.fromEntries(
    Object.entries(weights).map(([name, { shape, data }]) => [
      name,
      tf.tensor(data as Float32Array, [...shape]),
    ]),
  );
