import { UserError } from "../../errors";
import type { Streams } from "../../random/streams";
import { type BuildOptions, buildConformers } from "./buildConformers";
import type { Ensemble } from "./molecule";
import { OFFLINE_SMILES } from "./offlineSmiles";

/**
 * The first `count` of a list of small molecules with conformers that are built here, for runs that
 * must work without any file. Molecule k follows from the streams and k alone.
 * @param streams "offline-conformers" of it is drawn from
 * @throws UserError if the list has fewer
 */
export function offlineMolecules(
  count: number,
  streams: Streams,
  options: BuildOptions = {},
): Ensemble[] {
  if (!(Number.isInteger(count) && count >= 1 && count <= OFFLINE_SMILES.length))
    throw new UserError(
      `The number of offline molecules must be a whole number from 1 to ${OFFLINE_SMILES.length}, not ${count}.`,
    );
  const stream = streams.get("offline-conformers");
  return Array.from({ length: count }, (_, k) => buildConformers(k, stream.at(k), options));
}
