import {
  findLocalPairs,
  findPairs,
  type LocalPairs,
  localPairs,
  type PairsByRange,
} from "./findPairs";
import type { GraphBatch } from "./graph";
import type { Scene } from "./network";
import { allPairs, type BatchPart, batchParts, localPairCount } from "./parts";

/** A sub-batch with its pairs at some positions. */
export interface LocatedPart extends BatchPart {
  /** Index in the batch of its first coordinate. */
  readonly from: number;
  readonly scene: Scene;
}

/**
 * Divides a batch into sub-batches and finds all their pairs.
 * @param positions 3N coordinates in ångström
 * @param maxPairs of a sub-batch
 */
export function locate(
  batch: GraphBatch,
  positions: Float64Array,
  cutoff: number,
  maxPairs: number,
): LocatedPart[] {
  return batchParts(batch, maxPairs, allPairs).map((part) => {
    const from = 3 * batch.offsets[part.first];
    const points = positions.subarray(from, from + 3 * part.batch.atoms);
    const pairs: PairsByRange = findPairs(part.batch, points, cutoff);
    return { ...part, from, scene: { elements: elementsOf(part.batch), pairs } };
  });
}

/** A sub-batch with what its local pairs are at all positions. */
export interface LocalPart extends BatchPart {
  readonly elements: Int32Array;
  readonly localPairs: LocalPairs;
}

export const localParts = (batch: GraphBatch, maxPairs: number): LocalPart[] =>
  batchParts(batch, maxPairs, localPairCount).map((part) => ({
    ...part,
    elements: elementsOf(part.batch),
    localPairs: localPairs(part.batch),
  }));

/** These sub-batches at some positions, with their local pairs only. */
export function locateLocal(
  batch: GraphBatch,
  parts: readonly LocalPart[],
  positions: Float64Array,
): LocatedPart[] {
  return parts.map(({ elements, localPairs, ...part }) => {
    const from = 3 * batch.offsets[part.first];
    const points = positions.subarray(from, from + 3 * part.batch.atoms);
    const pairs = findLocalPairs(localPairs, points);
    return { ...part, from, scene: { elements, pairs, localIndex: localPairs.index } };
  });
}

function elementsOf({ graphs, atoms, offsets }: GraphBatch): Int32Array {
  const elements = new Int32Array(atoms);
  graphs.forEach(({ atomicNumbers }, m) => {
    elements.set(atomicNumbers, offsets[m]);
  });
  return elements;
}
