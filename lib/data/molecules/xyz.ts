import { UserError } from "../../errors";
import { atomicNumberOf } from "../../metrics/molecules/elements";
import { alignToMolecule } from "./alignToMolecule";
import { MAX_ATOMS } from "./check";
import type { Conformer, Molecule } from "./molecule";
import { readLines } from "./readLines";
import type { SkipCounts } from "./skipCounts";
import { parseDecimal } from "./table";

/** One geometry of an XYZ file, which has elements but no bonds. */
export interface Frame {
  readonly comment: string;
  readonly atomicNumbers: Uint8Array;
  /** 3N coordinates, ångström. */
  readonly positions: Float64Array;
  /** "Frame 2 of a.xyz (line 14)". */
  readonly where: string;
}

/**
 * The frames of an XYZ file: a line with N, a comment, and N lines of a symbol (or atomic number), x, y
 * and z in ångström; further columns are ignored.
 * @param where name of the file, for error messages
 * @throws UserError that names the frame and its line if it is truncated or cannot be read
 */
export async function* readXyzFrames(
  chunks: AsyncIterable<Uint8Array>,
  where: string,
): AsyncGenerator<Frame, void, undefined> {
  let open: { size: number; lines: string[]; where: string } | undefined;
  let count = 0;
  for await (const { text, number } of readLines(chunks, where)) {
    if (open === undefined) {
      if (text.trim() === "") continue;
      const name = `Frame ${++count} of ${where} (line ${number})`;
      const size = /^\s*\d+\s*$/.test(text) ? Number(text) : 0;
      if (!(size >= 1 && size <= MAX_ATOMS))
        throw new UserError(
          `${name} begins with "${text.trim().slice(0, 40)}" instead of a number of atoms from 1 to ${MAX_ATOMS}.`,
        );
      open = { size, lines: [], where: name };
    } else if (open.lines.push(text) === open.size + 1) {
      yield frameOf(open.lines, open.where);
      open = undefined;
    }
  }
  if (open)
    throw new UserError(
      `${open.where} is truncated: it has ${Math.max(0, open.lines.length - 1)} of ${open.size} atoms.`,
    );
  if (count === 0) throw new UserError(`${where} has no frames. Fetch it again.`);
}

/** Reason for leaving out a frame. */
export const BONDS_DIFFER = "bonds differ from the SMILES";

/**
 * The frames of an XYZ file as conformers of a molecule, their atoms in its order. A frame whose
 * distances show other bonds than the molecule has is left out and counted.
 * @param skipped counts the frames left out
 * @throws UserError as `readXyzFrames`, and for a frame with other elements or bad coordinates
 * @example
 * const ethanol = fromSmiles("CCO");
 * for await (const { positions } of readXyz(readChunks("a.xyz"), ethanol, "a.xyz", new SkipCounts()))
 *   console.log(mmff94Energy(ethanol, positions));
 */
export async function* readXyz(
  chunks: AsyncIterable<Uint8Array>,
  molecule: Molecule,
  where: string,
  skipped: SkipCounts,
): AsyncGenerator<Conformer, void, undefined> {
  for await (const frame of readXyzFrames(chunks, where)) {
    const positions = alignToMolecule(molecule, frame.atomicNumbers, frame.positions, frame.where);
    if (positions === undefined) skipped.add(BONDS_DIFFER, frame.where);
    else yield { positions, ...(frame.comment !== "" && { name: frame.comment }) };
  }
}

function frameOf([comment, ...atoms]: readonly string[], where: string): Frame {
  const atomicNumbers = new Uint8Array(atoms.length);
  const positions = new Float64Array(3 * atoms.length);
  atoms.forEach((line, i) => {
    const [symbol, ...xyz] = line.trim().split(/\s+/);
    const at = `${where}, atom ${i}`;
    if (xyz.length < 3)
      throw new UserError(`${at} is "${line.trim()}", not a symbol followed by x, y and z.`);
    atomicNumbers[i] = atomicNumberOf(symbol, at);
    for (let c = 0; c < 3; c++) positions[3 * i + c] = parseDecimal(xyz[c], "a coordinate", at);
  });
  return { comment: comment.trim(), atomicNumbers, positions, where };
}
