import * as fs from "node:fs";
import * as path from "node:path";
import type { Ensemble } from "../../data/molecules/index";
import type { Block } from "../../pool/block";
import { ensemblesIn } from "./ensembles";
import { SMILES } from "./smiles";

/**
 * The molecules of a block with their conformers, under their SMILES.
 * @param real folder of the real data, where the SMILES are
 */
export function ensemblesOfBlock(block: Block, real: string): Ensemble[] {
  const smiles: string[] = JSON.parse(fs.readFileSync(path.join(real, SMILES), "utf8"));
  return ensemblesIn(block).map(({ number, molecule, conformers }) => ({
    molecule: { ...molecule, smiles: smiles[number] },
    conformers: conformers.map((positions) => ({ positions: Float64Array.from(positions) })),
  }));
}
