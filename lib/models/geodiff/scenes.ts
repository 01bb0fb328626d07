import {
  type FoundPairs,
  findLocalPairs,
  findPairs,
  type LocalPairs,
  localPairs,
} from "./findPairs";
import type { GraphBatch } from "./graph";
import type { Scene } from "./network";
import { allPairs, type BatchPart, batchParts, localPairCount } from "./parts";

/** A part of a batch at some positions. */
export interface PlacedPart extends BatchPart {
  /** Number in the batch of its first coordinate. */
  readonly from: number;
  readonly scene: Scene;
}

/**
 * The parts of a batch with all their pairs.
 * @param positions 3N coordinates in ångström
 * @param room pairs of a part
 */
export function placed(
  batch: GraphBatch,
  positions: Float64Array,
  cutoff: number,
  room: number,
): PlacedPart[] {
  return batchParts(batch, room, allPairs).map((part) => {
    const from = 3 * batch.offsets[part.first];
    const own = positions.subarray(from, from + 3 * part.batch.atoms);
    const found: FoundPairs = findPairs(part.batch, own, cutoff);
    return { ...part, from, scene: { elements: elementsOf(part.batch), found } };
  });
}

/** The parts of a batch with what its local pairs are at all positions. */
export interface LocalPart extends BatchPart {
  readonly elements: Int32Array;
  readonly pairs: LocalPairs;
}

export const localParts = (batch: GraphBatch, room: number): LocalPart[] =>
  batchParts(batch, room, localPairCount).map((part) => ({
    ...part,
    elements: elementsOf(part.batch),
    pairs: localPairs(part.batch),
  }));

/** These parts at some positions. */
export function placedLocally(
  batch: GraphBatch,
  parts: readonly LocalPart[],
  positions: Float64Array,
): PlacedPart[] {
  return parts.map(({ elements, pairs, ...part }) => {
    const from = 3 * batch.offsets[part.first];
    const own = positions.subarray(from, from + 3 * part.batch.atoms);
    const found = findLocalPairs(pairs, own);
    return { ...part, from, scene: { elements, found, localIndex: pairs.index } };
  });
}

function elementsOf({ graphs, atoms, offsets }: GraphBatch): Int32Array {
  const elements = new Int32Array(atoms);
  graphs.forEach(({ atomicNumbers }, m) => {
    elements.set(atomicNumbers, offsets[m]);
  });
  return elements;
}
