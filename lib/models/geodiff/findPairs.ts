import { type PairIndex, pairIndex } from "../../engine/pairs";
import type { GraphBatch } from "./graph";

/**
 * The pairs of a batch at some positions, each once, in three groups: global ones within the cutoff
 * (type 0), local ones within it, local ones beyond. Each network sees adjacent groups: SchNet the
 * first two, GIN the last two. Where only local pairs were requested, all are in the last.
 */
export interface PairsByRange {
  /** P atoms of the batch, the lower of each pair. */
  readonly low: Int32Array;
  /** P atoms, the higher. */
  readonly high: Int32Array;
  /** P of `EDGE_TYPES`, or 0. */
  readonly types: Int32Array;
  /** P, ångström. */
  readonly distances: Float32Array;
  /** 3P: (position of low − position of high) / distance, or 0 where they coincide. */
  readonly directions: Float32Array;
  /** Number of pairs of the first group. */
  readonly global: number;
  /** Number of pairs of the first two. */
  readonly near: number;
  /** Number of all pairs. */
  readonly all: number;
}

/**
 * Finds the pairs of each molecule. Every pair within the cutoff counts; GeoDiff takes at most 32
 * neighbours per atom, whichever its search meets first, which makes the forces depend on the order
 * of the atoms.
 * @param positions 3N coordinates in ångström
 */
export function findPairs(
  { graphs, offsets }: GraphBatch,
  positions: ArrayLike<number>,
  cutoff: number,
): PairsByRange {
  const capacity = graphs.reduce((sum, { atomicNumbers: { length } }) => {
    return sum + (length * (length - 1)) / 2;
  }, 0);
  const [global, near, far] = [capacity, countLocal(graphs), countLocal(graphs)].map(list);
  const limit = cutoff * cutoff;
  graphs.forEach((graph, m) => {
    const first = offsets[m];
    const end = offsets[m + 1];
    let local = 0;
    for (let a = first; a < end; a++) {
      const x = positions[3 * a];
      const y = positions[3 * a + 1];
      const z = positions[3 * a + 2];
      for (let b = a + 1; b < end; b++) {
        const dx = x - positions[3 * b];
        const dy = y - positions[3 * b + 1];
        const dz = z - positions[3 * b + 2];
        const square = dx * dx + dy * dy + dz * dz;
        // Local pairs are stored in the order of this search.
        const isLocal = graph.low[local] === a - first && graph.high[local] === b - first;
        if (isLocal) push(square <= limit ? near : far, a, b, graph.types[local++], square);
        else if (square <= limit) push(global, a, b, 0, square);
      }
    }
  });
  return concatLists(positions, global, near, far);
}

interface List {
  readonly low: Int32Array;
  readonly high: Int32Array;
  readonly types: Int32Array;
  readonly squares: Float64Array;
  length: number;
}

const countLocal = (graphs: GraphBatch["graphs"]): number =>
  graphs.reduce((sum, { low }) => sum + low.length, 0);

const list = (capacity: number): List => ({
  low: new Int32Array(capacity),
  high: new Int32Array(capacity),
  types: new Int32Array(capacity),
  squares: new Float64Array(capacity),
  length: 0,
});

function push(to: List, low: number, high: number, type: number, square: number): void {
  const at = to.length++;
  to.low[at] = low;
  to.high[at] = high;
  to.types[at] = type;
  to.squares[at] = square;
}

function concatLists(positions: ArrayLike<number>, ...lists: [List, List, List]): PairsByRange {
  const [global, near] = lists;
  const all = lists.reduce((sum, { length }) => sum + length, 0);
  const low = new Int32Array(all);
  const high = new Int32Array(all);
  const types = new Int32Array(all);
  let at = 0;
  for (const { length, ...from } of lists) {
    low.set(from.low.subarray(0, length), at);
    high.set(from.high.subarray(0, length), at);
    types.set(from.types.subarray(0, length), at);
    at += length;
  }
  return {
    ...{ low, high, types },
    ...lines(positions, low, high),
    global: global.length,
    near: global.length + near.length,
    all,
  };
}

/** Distances and directions of pairs of atoms. */
function lines(positions: ArrayLike<number>, low: Int32Array, high: Int32Array) {
  const distances = new Float32Array(low.length);
  const directions = new Float32Array(3 * low.length);
  for (let p = 0; p < low.length; p++) {
    const a = 3 * low[p];
    const b = 3 * high[p];
    const x = positions[a] - positions[b];
    const y = positions[a + 1] - positions[b + 1];
    const z = positions[a + 2] - positions[b + 2];
    const distance = Math.sqrt(x * x + y * y + z * z);
    const inverse = distance > 0 ? 1 / distance : 0;
    distances[p] = distance;
    directions[3 * p] = x * inverse;
    directions[3 * p + 1] = y * inverse;
    directions[3 * p + 2] = z * inverse;
  }
  return { distances, directions };
}

/**
 * The local pairs only, in the order of {@link LocalPairs}: no search is needed.
 * @param positions 3N coordinates in ångström
 */
export function findLocalPairs(
  { low, high, types }: LocalPairs,
  positions: ArrayLike<number>,
): PairsByRange {
  const lists = { low, high, types, ...lines(positions, low, high) };
  return { ...lists, global: 0, near: 0, all: low.length };
}

/** The local pairs of a batch, which are the same at all positions. */
export interface LocalPairs {
  readonly low: Int32Array;
  readonly high: Int32Array;
  readonly types: Int32Array;
  readonly index: PairIndex;
}

export function localPairs({ graphs, offsets, atoms }: GraphBatch): LocalPairs {
  const count = countLocal(graphs);
  const [low, high, types] = [new Int32Array(count), new Int32Array(count), new Int32Array(count)];
  let at = 0;
  graphs.forEach((graph, m) => {
    types.set(graph.types, at);
    for (let k = 0; k < graph.low.length; k++, at++) {
      low[at] = offsets[m] + graph.low[k];
      high[at] = offsets[m] + graph.high[k];
    }
  });
  return { low, high, types, index: pairIndex(low, high, atoms) };
}
