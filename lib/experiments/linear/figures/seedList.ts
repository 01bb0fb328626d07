import type { LinearRecord } from "../records";

/** Seeds 0 … count−1. */
export function seedList(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}

/** The seeds that records are statistics of. */
export function seedsOf(records: readonly LinearRecord[]): number[] {
  return seedList(Math.max(0, ...records.map(({ n }) => n)));
}
