import { LAST_ELEMENT, MAX_ATOMS } from "../../data/molecules/index";
import type { Molecule } from "../../data/molecules/molecule";
import { bondsToThirdOrder } from "../../data/molecules/thirdOrder";
import { UserError } from "../../errors";

/**
 * What GeoDiff knows of a molecule besides positions. Its local pairs are connected by one, two or three
 * bonds. What the network computes for a pair is the same in both directions, so each is listed once.
 */
export interface Graph3D {
  /** N atomic numbers. */
  readonly atomicNumbers: Uint8Array;
  /** L atoms, the lower of each local pair; pairs ascend by it, then by the higher. */
  readonly low: Int32Array;
  /** L atoms, the higher of each local pair. */
  readonly high: Int32Array;
  /** L of `EDGE_TYPES`, 1 or more. */
  readonly types: Uint8Array;
}

/**
 * A molecule's constant part.
 * @throws UserError for no atom, more than `MAX_ATOMS` or an element outside the table
 */
export function molecularGraph(molecule: Molecule): Graph3D {
  const { atomicNumbers, smiles, id } = molecule;
  const name = id ?? (smiles || "A molecule");
  const size = atomicNumbers.length;
  if (size === 0) throw new UserError(`${name} has no atoms; leave it out.`);
  if (size > MAX_ATOMS)
    throw new UserError(
      `${name} has ${size} atoms; at most ${MAX_ATOMS} are modelled. Leave it out.`,
    );
  for (const number of atomicNumbers)
    if (number < 1 || number > LAST_ELEMENT)
      throw new UserError(
        `${name} has an atom of element ${number}; the table goes from 1 (H) to ${LAST_ELEMENT} (Rn).`,
      );
  const { from, to, types } = bondsToThirdOrder(molecule);
  const once = Array.from(from.keys()).filter((k) => from[k] < to[k]);
  return {
    atomicNumbers: Uint8Array.from(atomicNumbers),
    low: Int32Array.from(once, (k) => from[k]),
    high: Int32Array.from(once, (k) => to[k]),
    types: Uint8Array.from(once, (k) => types[k]),
  };
}

/** Several molecules as one disconnected graph: M molecules, N atoms in their order. */
export interface GraphBatch {
  readonly graphs: readonly Graph3D[];
  /** [M + 1]: molecule m has the atoms offsets[m] … offsets[m+1]−1. */
  readonly offsets: Int32Array;
  /** N. */
  readonly atoms: number;
}

/** @throws UserError if there is no molecule */
export function batchGraph(graphs: readonly Graph3D[]): GraphBatch {
  if (graphs.length === 0)
    throw new UserError("A batch of conformers is empty; it needs a molecule or more.");
  const offsets = new Int32Array(graphs.length + 1);
  graphs.forEach(({ atomicNumbers }, m) => {
    offsets[m + 1] = offsets[m] + atomicNumbers.length;
  });
  return { graphs, offsets, atoms: offsets[graphs.length] };
}
