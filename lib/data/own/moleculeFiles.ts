import { UserError } from "../../errors";
import { alignToMolecule } from "../molecules/alignToMolecule";
import { checkConformer } from "../molecules/checkConformer";
import { fromSmiles } from "../molecules/fromSmiles";
import { groupConformers, type Structure } from "../molecules/groupConformers";
import type { Ensemble, Molecule } from "../molecules/molecule";
import { toOpenChemLib } from "../molecules/openChemLib";
import { readSdf } from "../molecules/sdf";
import type { SkipCounts } from "../molecules/skipCounts";
import { Unusable } from "../molecules/unusable";
import { BONDS_DIFFER, readXyzFrames } from "../molecules/xyz";
import { endingOf, type OwnFile } from "./files";
import type { FileReader } from "./readFile";

/** Why a frame of an XYZ file is left out. */
const XYZ_REASONS = {
  comment: "its comment line does not begin with a SMILES",
  differs: "its atoms are not those of its SMILES",
} as const;

/**
 * The molecules of a file with their conformers. What is no conformer is counted in `skipped`.
 * @throws UserError if the file is damaged, or is of SMILES, which have no coordinates
 */
export function ensemblesOf(
  file: OwnFile,
  reader: FileReader,
  skipped: SkipCounts,
): AsyncGenerator<Ensemble, void, undefined> {
  const ending = endingOf(file);
  if (ending === "smi" || ending === "smiles")
    throw new UserError(
      `${file.path} has SMILES, which say how atoms are bonded and not where they are. Make an SD file with coordinates of it, for example with Open Babel: obabel ${file.name} -O molecules.sdf --gen3d.`,
    );
  const chunks = reader.chunks(file);
  if (ending === "xyz") return groupConformers(structuresOfXyz(chunks, file.path, skipped));
  return named(readSdf(chunks, file.path, skipped));
}

/** The same molecules with the SMILES that OpenChemLib writes, for captions. */
async function* named(ensembles: AsyncIterable<Ensemble>) {
  for await (const { molecule, conformers } of ensembles)
    yield { molecule: { ...molecule, smiles: openChemLib(molecule).toSmiles() }, conformers };
}

/** The same for molecules that differ in nothing but the order of their atoms or in stereochemistry. */
export const keyOf = (molecule: Molecule): string => openChemLib(molecule).getIDCode();

function openChemLib(molecule: Molecule) {
  const nowhere = new Float64Array(3 * molecule.atomicNumbers.length);
  return toOpenChemLib(molecule, nowhere).molecule;
}

/** The frames of an XYZ file whose comment line begins with the SMILES of the molecule. */
async function* structuresOfXyz(
  chunks: AsyncIterable<Uint8Array>,
  where: string,
  skipped: SkipCounts,
): AsyncGenerator<Structure> {
  let molecule: Molecule | undefined;
  for await (const frame of readXyzFrames(chunks, where)) {
    const [smiles] = frame.comment.trim().split(/\s+/);
    try {
      // Frames of one molecule follow each other.
      if (molecule?.smiles !== smiles) molecule = fromSmiles(smiles, frame.where);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      skipped.add(XYZ_REASONS.comment, frame.where);
      continue;
    }
    try {
      const { atomicNumbers, positions: given } = frame;
      const positions = alignToMolecule(molecule, atomicNumbers, given, frame.where);
      if (positions) {
        checkConformer(molecule, positions, frame.where);
        yield { molecule, conformer: { positions } };
      } else skipped.add(BONDS_DIFFER, frame.where);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      skipped.add(error instanceof Unusable ? error.reason : XYZ_REASONS.differs, frame.where);
    }
  }
}
