import { openSource } from "../openSource";
import type { SourceFile, SourceOptions } from "../source";
import { conformersOfGeom } from "./geom";
import type { LeftOut } from "./leftOut";
import type { Ensemble } from "./molecule";

/**
 * GEOM-Drugs as one MessagePack file, unpacked from the archive of its official page
 * (https://doi.org/10.7910/DVN/JNGTDF), which gives no address of the file itself. Its checksum is not
 * known; what was read is reported.
 */
export const GEOM_DRUGS: SourceFile = {
  set: "geom",
  file: "drugs_crude.msgpack",
  addresses: [],
};

/** A set of molecules, and the checksums of the files that it is read from. */
export interface OpenedGeom {
  readonly molecules: AsyncIterable<Ensemble>;
  /** SHA-256 of the unpacked file, as seen. */
  readonly sha256: string;
}

/**
 * The molecules of GEOM-Drugs in the order of the file.
 * @throws UserError if the file cannot be had; it says where to put it
 */
export async function openGeomDrugs(
  leftOut: LeftOut,
  options: SourceOptions = {},
): Promise<OpenedGeom> {
  const source = await openSource(GEOM_DRUGS, options);
  return {
    molecules: conformersOfGeom(source.chunks(), source.path, leftOut),
    sha256: source.sha256,
  };
}
