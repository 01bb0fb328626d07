import { UserError } from "../../errors";
import type { Streams } from "../../random/streams";
import { type BuildOptions, buildConformers } from "./buildConformers";
import { fromSmiles } from "./fromSmiles";
import type { Ensemble } from "./molecule";
import { OFFLINE_SMILES } from "./offlineSmiles";

export interface OfflineOptions extends BuildOptions {
  /** Maximum number of atoms of a molecule, hydrogens included. @defaultValue no limit */
  readonly maxAtoms?: number;
}

/**
 * The first `count` molecules of a built-in list, with conformers built here, for runs without data
 * files. Molecule k depends only on the streams and k.
 * @param streams uses the stream "offline-conformers"
 * @throws UserError if the list has fewer molecules
 */
export function offlineMolecules(
  count: number,
  streams: Streams,
  options: OfflineOptions = {},
): Ensemble[] {
  return [...eachOffline(count, streams, options)];
}

/** The same one after the other; each takes a while. */
export function eachOffline(
  count: number,
  streams: Streams,
  { maxAtoms = Number.POSITIVE_INFINITY, ...options }: OfflineOptions = {},
): Iterable<Ensemble> {
  const small = [...OFFLINE_SMILES.keys()].filter(
    (k) => fromSmiles(OFFLINE_SMILES[k]).atomicNumbers.length <= maxAtoms,
  );
  if (!(Number.isInteger(count) && count >= 1 && count <= small.length))
    throw new UserError(
      `The number of offline molecules${Number.isFinite(maxAtoms) ? ` of at most ${maxAtoms} atoms` : ""} must be a whole number from 1 to ${small.length}, not ${count}.`,
    );
  const stream = streams.get("offline-conformers");
  return (function* () {
    for (const k of small.slice(0, count)) yield buildConformers(k, stream.at(k), options);
  })();
}
