import { UserError } from "../../errors";
import type { Streams } from "../../random/streams";
import { type BuildOptions, buildConformers } from "./buildConformers";
import { fromSmiles } from "./fromSmiles";
import type { Ensemble } from "./molecule";
import { OFFLINE_SMILES } from "./offlineSmiles";

export interface OfflineOptions extends BuildOptions {
  /** Atoms of the largest molecule taken, hydrogens included. @defaultValue no limit */
  readonly maxAtoms?: number;
}

/**
 * The first `count` of a list of small molecules with conformers that are built here, for runs that
 * must work without any file. Molecule k of the list follows from the streams and k alone.
 * @param streams "offline-conformers" of it is drawn from
 * @throws UserError if the list has fewer
 */
export function offlineMolecules(
  count: number,
  streams: Streams,
  { maxAtoms = Number.POSITIVE_INFINITY, ...options }: OfflineOptions = {},
): Ensemble[] {
  const taken = [...OFFLINE_SMILES.keys()].filter(
    (k) => fromSmiles(OFFLINE_SMILES[k]).atomicNumbers.length <= maxAtoms,
  );
  if (!(Number.isInteger(count) && count >= 1 && count <= taken.length))
    throw new UserError(
      `The number of offline molecules${Number.isFinite(maxAtoms) ? ` of at most ${maxAtoms} atoms` : ""} must be a whole number from 1 to ${taken.length}, not ${count}.`,
    );
  const stream = streams.get("offline-conformers");
  return taken.slice(0, count).map((k) => buildConformers(k, stream.at(k), options));
}
