import * as fs from "node:fs";
import * as path from "node:path";
import { exportHuggingFace } from "../../models/language/huggingFace";
import { languageModel } from "../../models/language/index";
import type { RunStore } from "../../store/runStore";
import { readSafetensors } from "../../store/safetensors";
import { realFolder } from "../realFolder";
import { type LanguageConfig, modelConfig } from "./config";
import { TOKENIZER } from "./tokenizer";

/**
 * Exports a model with its tokenizer as a folder that Hugging Face's transformers loads directly.
 * @param fit address of the model's fit in the run store (`run` of its records)
 * @throws UserError when the store has no such fit
 * @example exportGeneration(RunStore.open(), String(rows[0].run), ".cache/exported/first")
 */
export function exportGeneration(store: RunStore, fit: string, folder: string): void {
  const { identity } = store.use("fit", fit);
  const config = modelConfig(identity.config as LanguageConfig);
  const file = path.join(store.folder("fit", fit), "model.safetensors");
  const { weights } = readSafetensors(file);
  const { shapes } = languageModel(config);
  const parameters = Object.fromEntries(Object.entries(weights).filter(([name]) => name in shapes));
  const tokenizer = fs.readFileSync(path.join(realFolder(store, fit), TOKENIZER), "utf8");
  exportHuggingFace(folder, config, parameters, tokenizer);
}
