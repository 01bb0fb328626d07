import type { ColouredGraph } from "./colours";

/** A group of permutations of a set of vertices. */
export interface Factor {
  /** The vertices that it permutes. */
  readonly vertices: Int32Array;
  /** Number of permutations. */
  readonly order: number;
  /** order × vertices.length: the images of `vertices`, the identity first, in search order. */
  readonly images: Uint16Array;
  /** For each permutation, the first index in `vertices` where it differs from the previous one; 0 for the first. */
  readonly from: Uint16Array;
}

/**
 * All permutations of the vertices that preserve colours and bonds, by backtracking.
 * @returns undefined if there are more than `limit`
 */
export function factorOf(
  { size, colours, bonds }: ColouredGraph,
  members: Int32Array,
  limit: number,
): Factor | undefined {
  const vertices = connectedOrder(members, size, bonds);
  const length = vertices.length;
  // The vertex itself first, so that the identity is found first.
  const candidates = Array.from(vertices, (v) => [
    v,
    ...vertices.filter((other) => other !== v && colours[other] === colours[v]),
  ]);
  const image = new Uint16Array(length);
  const used = new Uint8Array(size);
  const images: Uint16Array[] = [];
  const from: number[] = [];
  let changed = 0;

  const place = (k: number): boolean => {
    if (k === length) {
      if (images.length >= limit) return false;
      images.push(image.slice());
      from.push(changed);
      changed = length;
      return true;
    }
    for (const candidate of candidates[k]) {
      if (used[candidate] || !fits(k, candidate)) continue;
      used[candidate] = 1;
      image[k] = candidate;
      changed = Math.min(changed, k);
      const within = place(k + 1);
      used[candidate] = 0;
      if (!within) return false;
    }
    return true;
  };
  const fits = (k: number, candidate: number): boolean => {
    for (let j = 0; j < k; j++)
      if (bonds[vertices[k] * size + vertices[j]] !== bonds[candidate * size + image[j]])
        return false;
    return true;
  };

  if (!place(0)) return undefined;
  const all = new Uint16Array(images.length * length);
  for (const [k, one] of images.entries()) all.set(one, k * length);
  return { vertices, order: images.length, images: all, from: Uint16Array.from(from) };
}

/** The vertices, each bonded to an earlier one where possible, so that wrong images are rejected early. */
function connectedOrder(members: Int32Array, size: number, bonds: Uint8Array): Int32Array {
  const left = new Set(members);
  const ordered: number[] = [];
  while (left.size > 0) {
    const stack = [left.values().next().value!];
    while (stack.length > 0) {
      const u = stack.pop()!;
      if (!left.delete(u)) continue;
      ordered.push(u);
      for (const v of left) if (bonds[u * size + v]) stack.push(v);
    }
  }
  return Int32Array.from(ordered);
}
