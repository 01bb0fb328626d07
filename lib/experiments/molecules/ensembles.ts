import type { Molecule } from "../../data/molecules/index";
import type { Block } from "../../pool/block";
import { conformersIn } from "./conformers";

/** A molecule with its conformers, collected from a block. */
export interface PoolEnsemble {
  /** Number of the molecule in the real data. */
  readonly number: number;
  readonly molecule: Molecule;
  /** 3N coordinates each, ångström. */
  readonly conformers: readonly Float32Array[];
}

/** The molecules of a block in the order of their first conformers; at most `max` of them. */
export function ensemblesIn(block: Block, max = Number.POSITIVE_INFINITY): PoolEnsemble[] {
  const found = new Map<number, { molecule: Molecule; conformers: Float32Array[] }>();
  for (const { number, molecule, positions } of conformersIn(block.range(0, block.length))) {
    const entry = found.get(number);
    if (entry) entry.conformers.push(positions);
    else if (found.size < max) found.set(number, { molecule, conformers: [positions] });
  }
  return [...found].map(([number, entry]) => ({ number, ...entry }));
}
