import { UserError } from "../../errors";
import { assignAtoms } from "./assign";
import { MAX_ATOMS } from "./check";
import { atomicNumberOf } from "./elements";
import type { LeftOut } from "./leftOut";
import { linesOf } from "./lines";
import type { Conformer, Molecule } from "./molecule";
import { numberOf } from "./table";

/** One geometry of an XYZ file, which knows of elements alone. */
export interface Frame {
  readonly comment: string;
  readonly atomicNumbers: Uint8Array;
  /** 3N coordinates, ångström. */
  readonly positions: Float64Array;
  /** "Frame 2 of a.xyz (line 14)". */
  readonly where: string;
}

/**
 * The frames of an XYZ file: a line with N, a comment, N lines of a symbol (or atomic number), x, y
 * and z in ångström; what follows on a line is passed over.
 * @param where the file, for messages
 * @throws UserError that names the frame and its line if it is cut short or no such file
 */
export async function* framesOfXyz(
  chunks: AsyncIterable<Uint8Array>,
  where: string,
): AsyncGenerator<Frame, void, undefined> {
  let open: { size: number; lines: string[]; where: string } | undefined;
  let count = 0;
  for await (const { text, number } of linesOf(chunks, where)) {
    if (open === undefined) {
      if (text.trim() === "") continue;
      const name = `Frame ${++count} of ${where} (line ${number})`;
      const size = /^\s*\d+\s*$/.test(text) ? Number(text) : 0;
      if (!(size >= 1 && size <= MAX_ATOMS))
        throw new UserError(
          `${name} begins with "${text.trim()}" instead of a number of atoms from 1 to ${MAX_ATOMS}.`,
        );
      open = { size, lines: [], where: name };
    } else if (open.lines.push(text) === open.size + 1) {
      yield frameOf(open.lines, open.where);
      open = undefined;
    }
  }
  if (open)
    throw new UserError(
      `${open.where} is cut short: it has ${Math.max(0, open.lines.length - 1)} of ${open.size} atoms.`,
    );
  if (count === 0) throw new UserError(`${where} has no frame in it. Fetch it again.`);
}

/** Why a frame is left out. */
export const BONDS_DIFFER = "bonds differ from the SMILES";

/**
 * The frames of an XYZ file as conformers of a molecule, their atoms put in its order. A frame in
 * which other bonds are seen than the molecule has is left out and counted: nothing is guessed.
 * @throws UserError as {@link framesOfXyz}, and for a frame of other elements or bad coordinates
 */
export async function* conformersOfXyz(
  chunks: AsyncIterable<Uint8Array>,
  molecule: Molecule,
  where: string,
  leftOut: LeftOut,
): AsyncGenerator<Conformer, void, undefined> {
  for await (const frame of framesOfXyz(chunks, where)) {
    const positions = assignAtoms(molecule, frame.atomicNumbers, frame.positions, frame.where);
    if (positions === undefined) leftOut.add(BONDS_DIFFER, frame.where);
    else yield { positions, ...(frame.comment !== "" && { name: frame.comment }) };
  }
}

function frameOf([comment, ...atoms]: readonly string[], where: string): Frame {
  const atomicNumbers = new Uint8Array(atoms.length);
  const positions = new Float64Array(3 * atoms.length);
  atoms.forEach((line, i) => {
    const [symbol, ...xyz] = line.trim().split(/\s+/);
    const at = `${where}, atom ${i}`;
    if (xyz.length < 3) throw new UserError(`${at} is "${line.trim()}", not a symbol and x, y, z.`);
    atomicNumbers[i] = atomicNumberOf(symbol, at);
    for (let c = 0; c < 3; c++) positions[3 * i + c] = numberOf(xyz[c], "a coordinate", at);
  });
  return { comment: comment.trim(), atomicNumbers, positions, where };
}
