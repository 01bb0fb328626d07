import * as fs from "node:fs";
import * as path from "node:path";
import type { RunStore } from "../../store/runStore";
import { fromTokenizerJson, type Tokenizer } from "../../tokenizer/index";
import { TOKENIZER } from "./task";

/** Folder of the real data that a generation's chain began with. */
export function realFolder(store: RunStore, generation: string): string {
  const { real } = store.read("generation", generation).identity as { real: string };
  store.read("real", real);
  return store.folder("real", real);
}

/** The tokenizer that a generation's stories are written with, from the run store. */
export function tokenizerOf(store: RunStore, generation: string): Tokenizer {
  const file = path.join(realFolder(store, generation), TOKENIZER);
  return fromTokenizerJson(fs.readFileSync(file, "utf8"), file);
}
