import * as fs from "node:fs";
import * as path from "node:path";
import { UserError } from "../../errors";
import { readJson } from "../../pool/readJson";
import { readSafetensors } from "../../store/safetensors";
import type { Weights } from "../../store/weights";
import type { LanguageModelConfig } from "./config";
import { CONFIG, WEIGHTS } from "./huggingFace";
import { parseConfigJson } from "./huggingFaceConfig";
import { canonicalWeights, checkWeights } from "./huggingFaceWeights";

/** Says which file holds which tensor, where the weights are in several. */
const INDEX = `${WEIGHTS}.index.json`;

const REMEDY = "Save the model with transformers' save_pretrained, or export it again.";

/**
 * Reads a folder written by `exportHuggingFace` or transformers' `save_pretrained`, or one of the hub's
 * GPT-2 checkpoints: safetensors in one or several files, in float32, float16 or bfloat16.
 * @returns float32 weights, under transformers' names
 * @throws UserError when a file is missing or damaged, when the architecture is not GPT-2 or Llama-2,
 *   and when a tensor is missing, unknown, of another type or shape
 * @example
 * const { config, weights } = importHuggingFace("/path/to/gpt2");
 */
export function importHuggingFace(folder: string): {
  config: LanguageModelConfig;
  weights: Weights;
} {
  const configFile = path.join(folder, CONFIG);
  const config = parseConfigJson(readJson(configFile, "model config", REMEDY), configFile);
  const { stored, source } = storedWeights(folder);
  const weights = canonicalWeights(config.family, stored, source);
  checkWeights(config, weights, source);
  return { config, weights };
}

/** All tensors of a folder, and the file that says what they are. */
function storedWeights(folder: string): { stored: Weights; source: string } {
  const single = path.join(folder, WEIGHTS);
  if (fs.existsSync(single)) return { stored: readSafetensors(single).weights, source: single };
  const index = path.join(folder, INDEX);
  if (fs.existsSync(index)) return { stored: shards(folder, index), source: index };
  throw new UserError(
    `There is no ${single}. ${
      fs.readdirSync(folder).includes("pytorch_model.bin")
        ? "Its weights are pickled; save them again with a later version of transformers."
        : REMEDY
    }`,
  );
}

/** The tensors of several files, each from the file that the index names. */
function shards(folder: string, index: string): Weights {
  const json = readJson(index, "index of weights", REMEDY) as { weight_map?: unknown } | null;
  const map = json?.weight_map;
  if (typeof map !== "object" || map === null)
    throw new UserError(`${index} has no "weight_map". ${REMEDY}`);
  const names = new Map<string, string[]>();
  for (const [tensor, file] of Object.entries(map)) {
    if (typeof file !== "string" || path.basename(file) !== file)
      throw new UserError(
        `${index} places ${tensor} in ${JSON.stringify(file)}, which is no file name.`,
      );
    names.set(file, [...(names.get(file) ?? []), tensor]);
  }
  const found: Record<string, Weights[string]> = {};
  for (const [file, tensors] of names) {
    const at = path.join(folder, file);
    if (!fs.existsSync(at))
      throw new UserError(`There is no ${at}, which ${INDEX} names. Copy the whole folder.`);
    const { weights } = readSafetensors(at);
    for (const tensor of tensors) {
      if (!Object.hasOwn(weights, tensor))
        throw new UserError(`${at} lacks tensor ${tensor}, which ${INDEX} places there. ${REMEDY}`);
      found[tensor] = weights[tensor];
    }
  }
  return found;
}
