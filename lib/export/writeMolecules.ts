import * as path from "node:path";
import { type Ensemble, formatMoleculeLine, formatSdf } from "../data/molecules/index";
import { suggestion, UserError } from "../errors";
import { writeFileAtomic } from "../store/atomic";
import { makeParent } from "./makeParent";

const FORMATS: Readonly<Record<string, (ensemble: Ensemble) => string>> = {
  ".sdf": formatSdf,
  ".jsonl": (ensemble) => `${formatMoleculeLine(ensemble)}\n`,
};

/** Endings of the files that {@link writeMolecules} writes. */
export const MOLECULE_ENDINGS = Object.keys(FORMATS);

/**
 * Writes molecules with their conformers as an SD file (`.sdf`, one record a conformer, coordinates to
 * 1e-4 Å) or as JSON lines (`.jsonl`, one line a molecule, every bit).
 * @throws UserError for another ending, or a molecule that the format cannot hold
 * @example writeMolecules("generated.sdf", ensembles)
 */
export function writeMolecules(file: string, ensembles: readonly Ensemble[]): void {
  const ending = path.extname(file).toLowerCase();
  if (!Object.hasOwn(FORMATS, ending))
    throw new UserError(
      `${file} has no ending of a file of molecules.${suggestion(ending, MOLECULE_ENDINGS)}`,
    );
  const content = ensembles.map(FORMATS[ending]).join("");
  makeParent(file);
  writeFileAtomic(file, content);
}
