import { basename } from "node:path";
import { openSource } from "../openSource";
import type { SourceFile, SourceOptions } from "../source";
import { readGeom } from "./geom";
import type { Ensemble } from "./molecule";
import type { SkipCounts } from "./skipCounts";

/**
 * GEOM-Drugs as one MessagePack file, unpacked from the archive of its official page
 * (https://doi.org/10.7910/DVN/JNGTDF), which has no address for the file itself. Its checksum is not
 * known in advance; that of the file read is reported.
 */
export const GEOM_DRUGS: SourceFile = {
  set: "geom",
  file: "drugs_crude.msgpack",
  addresses: [],
};

/** The molecules, and the checksum of the file. */
export interface OpenedGeom {
  readonly molecules: AsyncIterable<Ensemble>;
  /** SHA-256 of the decompressed file. */
  readonly sha256: string;
}

/**
 * The molecules of GEOM-Drugs in file order.
 * @throws UserError if the file is missing; the message says where to put it
 */
export async function openGeomDrugs(
  skipped: SkipCounts,
  options: SourceOptions = {},
): Promise<OpenedGeom> {
  const source = await openSource(GEOM_DRUGS, options);
  return {
    molecules: readGeom(
      source.chunks((done, total) => options.onRead?.(basename(source.path), done, total)),
      source.path,
      skipped,
    ),
    sha256: source.sha256,
  };
}
