import { batchGraph, type Graph3D, type GraphBatch } from "./graph";

/** A part of a batch. */
export interface BatchPart {
  readonly batch: GraphBatch;
  /** Number in the batch of its first molecule. */
  readonly first: number;
}

/**
 * A batch in parts of whole molecules with at most `pairs` pairs of atoms each, or one larger
 * molecule: what passes through the network together, which bounds memory whatever the batch.
 * @param count pairs of a molecule
 */
export function batchParts(
  batch: GraphBatch,
  pairs: number,
  count: (graph: Graph3D) => number,
): BatchPart[] {
  const { graphs } = batch;
  const parts: BatchPart[] = [];
  for (let first = 0; first < graphs.length; ) {
    let end = first;
    for (let room = pairs; end < graphs.length; end++) {
      room -= count(graphs[end]);
      if (room < 0 && end > first) break;
    }
    parts.push({
      batch: end - first === graphs.length ? batch : batchGraph(graphs.slice(first, end)),
      first,
    });
    first = end;
  }
  return parts;
}

/** All pairs of a molecule's atoms. */
export const allPairs = ({ atomicNumbers: { length } }: Graph3D): number =>
  (length * (length - 1)) / 2;

/** The pairs of a molecule that bonds join. */
export const localPairCount = ({ low }: Graph3D): number => low.length;
