import * as fs from "node:fs";
import * as path from "node:path";
import { exportHuggingFace } from "../../models/language/huggingFace";
import { modelCard } from "../../models/language/huggingFaceCard";
import { languageModel } from "../../models/language/index";
import type { RunStore } from "../../store/runStore";
import { readSafetensors } from "../../store/safetensors";
import { realFolder } from "../realFolder";
import { type LanguageConfig, modelConfig } from "./config";
import { modelOrigin } from "./modelOrigin";
import { TOKENIZER } from "./tokenizer";

/**
 * Exports a model with its tokenizer as a folder that Hugging Face's transformers loads directly. Its
 * README.md says what made it: data, iteration, seed, config and commit.
 * @param fit address of the model's fit in the run store (`run` of its records)
 * @param about name of the regime, for the README.md: regimes that train on the same items share a fit
 * @throws UserError when the store has no such fit
 * @example exportGeneration(RunStore.open(), String(rows[0].run), ".cache/exported/first")
 */
export function exportGeneration(
  store: RunStore,
  fit: string,
  folder: string,
  about: { readonly regime?: string } = {},
): void {
  const manifest = store.use("fit", fit);
  const settings = manifest.identity.config as LanguageConfig;
  const config = modelConfig(settings);
  const file = path.join(store.folder("fit", fit), "model.safetensors");
  const { weights } = readSafetensors(file);
  const { shapes } = languageModel(config);
  const parameters = Object.fromEntries(Object.entries(weights).filter(([name]) => name in shapes));
  const real = store.read("real", manifest.identity.real as string);
  const card = modelCard(config, modelOrigin(manifest, real, about.regime), settings);
  const tokenizer = fs.readFileSync(path.join(realFolder(store, fit), TOKENIZER), "utf8");
  exportHuggingFace(folder, config, parameters, tokenizer, card);
}
