import type { Bond, Molecule } from "../../data/molecules/index";
import type { Batch, Column, Schema } from "../../pool/schema";

/**
 * One conformer per item, together with its molecule: a block can be read without any other file.
 */
export const CONFORMER_SCHEMA: Schema = {
  /** Number of the molecule in the real data: training molecules first, then held-out ones. */
  molecule: { dtype: "int32", shape: [] },
  /** Runs of the sampler: 0 if real, 1 if sampled at once, more if earlier runs diverged. */
  draws: { dtype: "uint8", shape: [] },
  atomicNumbers: { dtype: "uint8", shape: [], ragged: true },
  formalCharges: { dtype: "int32", shape: [], ragged: true },
  /** [i, j, Kekulé order], i < j. */
  bonds: { dtype: "uint16", shape: [3], ragged: true },
  /** [i, j] of the aromatic bonds. */
  aromaticBonds: { dtype: "uint16", shape: [2], ragged: true },
  /** x y z by atom, ångström, centred. */
  positions: { dtype: "float32", shape: [3], ragged: true },
};

/** One item of the pool. */
export interface PoolConformer {
  /** Number of its molecule. */
  readonly number: number;
  readonly draws: number;
  readonly molecule: Molecule;
  /** 3N coordinates, ångström. */
  readonly positions: Float32Array;
}

/** The conformers of a batch; coordinates are views, not copies. */
export function conformersIn({ length, columns }: Batch): PoolConformer[] {
  const part = (name: string, i: number, width: number) => {
    const { data, offsets } = columns[name] as Required<Column>;
    return data.subarray(width * offsets[i], width * offsets[i + 1]);
  };
  return Array.from({ length }, (_, i) => {
    const number = columns.molecule.data[i];
    return {
      number,
      draws: columns.draws.data[i],
      molecule: {
        ...{ smiles: "", id: `molecule ${number}` },
        atomicNumbers: part("atomicNumbers", i, 1) as Uint8Array,
        formalCharges: Int8Array.from(part("formalCharges", i, 1)),
        bonds: tuples(part("bonds", i, 3), 3) as unknown as Bond[],
        aromaticBonds: tuples(part("aromaticBonds", i, 2), 2) as unknown as [number, number][],
      },
      positions: part("positions", i, 3) as Float32Array,
    };
  });
}

/** Conformers as a batch of the pool. */
export function conformerBatch(items: readonly PoolConformer[]): Batch {
  const { length } = items;
  const ragged = (of: (item: PoolConformer) => ArrayLike<number>, width: number) => {
    const lists = items.map(of);
    const offsets = new Float64Array(length + 1);
    lists.forEach((list, i) => {
      offsets[i + 1] = offsets[i] + list.length / width;
    });
    return { lists, offsets, size: width * offsets[length] };
  };
  const fill = <A extends Uint8Array | Uint16Array | Int32Array | Float32Array>(
    { lists, offsets, size }: ReturnType<typeof ragged>,
    make: new (size: number) => A,
  ): Column => {
    const data = new make(size);
    let at = 0;
    for (const list of lists) {
      data.set(list, at);
      at += list.length;
    }
    return { data, offsets };
  };
  return {
    length,
    columns: {
      molecule: { data: Int32Array.from(items, ({ number }) => number) },
      draws: { data: Uint8Array.from(items, ({ draws }) => draws) },
      atomicNumbers: fill(
        ragged(({ molecule }) => molecule.atomicNumbers, 1),
        Uint8Array,
      ),
      formalCharges: fill(
        ragged(({ molecule }) => molecule.formalCharges, 1),
        Int32Array,
      ),
      bonds: fill(
        ragged(({ molecule }) => molecule.bonds.flat(), 3),
        Uint16Array,
      ),
      aromaticBonds: fill(
        ragged(({ molecule }) => molecule.aromaticBonds.flat(), 2),
        Uint16Array,
      ),
      positions: fill(
        ragged(({ positions }) => positions, 3),
        Float32Array,
      ),
    },
  };
}

/** 3N coordinates relative to their centroid, where float32 is most precise. */
export function centrePositions(positions: ArrayLike<number>): Float32Array {
  const size = positions.length / 3;
  const mean = [0, 0, 0];
  for (let k = 0; k < positions.length; k++) mean[k % 3] += positions[k] / size;
  return Float32Array.from(positions, (x, k) => x - mean[k % 3]);
}

function tuples(numbers: ArrayLike<number>, width: number): number[][] {
  return Array.from({ length: numbers.length / width }, (_, k) =>
    Array.from({ length: width }, (_, c) => numbers[width * k + c]),
  );
}
