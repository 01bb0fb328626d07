import * as fs from "node:fs";
import * as path from "node:path";
import type { RunStore } from "../../store/runStore";
import { fromTokenizerJson, type Tokenizer } from "../../tokenizer/index";
import { realFolder } from "../realFolder";
import { TOKENIZER } from "./task";

export { realFolder };

/** The tokenizer that a generation's stories are written with, from the run store. */
export function tokenizerOf(store: RunStore, generation: string): Tokenizer {
  const file = path.join(realFolder(store, generation), TOKENIZER);
  return fromTokenizerJson(fs.readFileSync(file, "utf8"), file);
}
