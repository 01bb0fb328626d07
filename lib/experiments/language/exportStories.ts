import * as fs from "node:fs";
import * as path from "node:path";
import type { Block } from "../../pool/block";
import { storyTexts } from "./stories";
import { readTokenizer } from "./tokenizer";

/**
 * The stories of a block as texts.
 * @param real folder of the real data, where their tokenizer is
 */
export function storiesOfBlock(block: Block, real: string): readonly string[] {
  const artefact = (file: string) => fs.readFileSync(path.join(real, file));
  return storyTexts(block, block.length, readTokenizer({ artefact })).texts;
}
