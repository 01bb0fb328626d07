import { batchGraph, type Graph3D, type GraphBatch } from "./graph";

/** A sub-batch. */
export interface BatchPart {
  readonly batch: GraphBatch;
  /** Index in the batch of its first molecule. */
  readonly first: number;
}

/**
 * Divides a batch into sub-batches of whole molecules with at most `maxPairs` pairs each, or one
 * larger molecule. A sub-batch passes through the network together, which bounds memory for any
 * batch size.
 * @param count of a molecule's pairs
 */
export function batchParts(
  batch: GraphBatch,
  maxPairs: number,
  count: (graph: Graph3D) => number,
): BatchPart[] {
  const { graphs } = batch;
  const parts: BatchPart[] = [];
  for (let first = 0; first < graphs.length; ) {
    let end = first;
    for (let left = maxPairs; end < graphs.length; end++) {
      left -= count(graphs[end]);
      if (left < 0 && end > first) break;
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

/** The pairs of a molecule that up to three bonds connect. */
export const localPairCount = ({ low }: Graph3D): number => low.length;
