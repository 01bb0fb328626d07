import * as fs from "node:fs";
import * as path from "node:path";
import { UserError } from "../../errors";
import { readJson } from "../../pool/readJson";
import { writeFileAtomic } from "../../store/atomic";
import { decodeSafetensors, encodeSafetensors } from "../../store/safetensors";
import type { Weights } from "../../store/weights";
import type { LanguageModelConfig } from "./config";
import { modelCard } from "./huggingFaceCard";
import { configJson, parseConfigJson } from "./huggingFaceConfig";
import { canonicalWeights } from "./huggingFaceWeights";
import { languageModel } from "./index";
import { END_OF_TEXT } from "./packed";

const CONFIG = "config.json";
const WEIGHTS = "model.safetensors";

/**
 * Writes a model as a folder that transformers loads directly
 * (`AutoModelForCausalLM.from_pretrained(folder)`), with a README.md that shows how to sample from it.
 * `config.json` is written last, so that a folder that has one is complete.
 * @param tokenizerJson content of Hugging Face's `tokenizer.json`
 * @throws UserError when the weights do not fit the config, or the disk is full
 */
export function exportHuggingFace(
  folder: string,
  config: LanguageModelConfig,
  weights: Weights,
  tokenizerJson?: string,
): void {
  checkWeights(config, weights, "The model to export");
  fs.mkdirSync(folder, { recursive: true });
  const file = (name: string) => path.join(folder, name);
  fs.rmSync(file(CONFIG), { force: true });
  // transformers requires this metadata.
  writeFileAtomic(file(WEIGHTS), encodeSafetensors(weights, { format: "pt" }));
  const write = (name: string, json: unknown) =>
    writeFileAtomic(file(name), `${JSON.stringify(json, null, 2)}\n`);
  if (tokenizerJson !== undefined) {
    writeFileAtomic(file("tokenizer.json"), tokenizerJson);
    const endOfText = "<|endoftext|>";
    write("tokenizer_config.json", {
      tokenizer_class: "PreTrainedTokenizerFast",
      bos_token: endOfText,
      eos_token: endOfText,
      // Batches need one; sequences that have ended are filled with it.
      pad_token: endOfText,
      model_max_length: config.context,
      clean_up_tokenization_spaces: false,
    });
  }
  // Plain sampling; the default of transformers is greedy decoding, or the top 50 tokens.
  write("generation_config.json", {
    bos_token_id: END_OF_TEXT,
    eos_token_id: END_OF_TEXT,
    pad_token_id: END_OF_TEXT,
    do_sample: true,
    temperature: 1,
    top_k: 0,
    top_p: 1,
    // Not max_length: generate(max_new_tokens=…) would warn that both are set.
    max_new_tokens: config.context - 1,
  });
  writeFileAtomic(file("README.md"), modelCard(config));
  writeFileAtomic(file(CONFIG), configJson(config));
}

/**
 * Reads a folder written by {@link exportHuggingFace} or transformers' `save_pretrained`, or one of the
 * hub's GPT-2 checkpoints.
 * @throws UserError when a file is missing or damaged, when the architecture is not GPT-2 or Llama-2,
 *   and when a tensor is missing, unknown, not float32 or of another shape
 * @example
 * const { config, weights } = importHuggingFace("/path/to/gpt2");
 */
export function importHuggingFace(folder: string): {
  config: LanguageModelConfig;
  weights: Weights;
} {
  const remedy = `Save the model with transformers' save_pretrained, or export it again.`;
  const configFile = path.join(folder, CONFIG);
  const config = parseConfigJson(readJson(configFile, "model config", remedy), configFile);
  const file = path.join(folder, WEIGHTS);
  if (!fs.existsSync(file)) throw new UserError(`There is no ${file}. ${missingRemedy(folder)}`);
  const bytes = fs.readFileSync(file);
  refuseHalfPrecision(bytes, file);
  const weights = canonicalWeights(config.family, decodeSafetensors(bytes, file).weights, file);
  checkWeights(config, weights, file);
  return { config, weights };
}

function missingRemedy(folder: string): string {
  const names = fs.readdirSync(folder);
  if (names.includes(`${WEIGHTS}.index.json`))
    return "Its weights are in several files; save them as one with a larger max_shard_size.";
  if (names.includes("pytorch_model.bin"))
    return "Its weights are pickled; save them again with a later version of transformers.";
  return "Save the model with transformers' save_pretrained, or export it again.";
}

/** @param source named in errors: the file, or what the weights are. */
function checkWeights(config: LanguageModelConfig, weights: Weights, source: string): void {
  const { shapes } = languageModel(config);
  const missing = Object.keys(shapes).filter((name) => !Object.hasOwn(weights, name));
  const unknown = Object.keys(weights).filter((name) => !Object.hasOwn(shapes, name));
  if (missing.length > 0)
    throw new UserError(
      `${source} lacks ${listNames(missing)}, which its config needs. Does the config belong to another model?`,
    );
  if (unknown.length > 0)
    throw new UserError(
      `${source} has ${listNames(unknown)}, which its config does not have. Does the config belong to another model?`,
    );
  for (const [name, shape] of Object.entries(shapes)) {
    const given = weights[name];
    if (!(given.data instanceof Float32Array))
      throw new UserError(`${source} has a tensor ${name} that is not float32.`);
    if (given.shape.length !== shape.length || given.shape.some((side, i) => side !== shape[i]))
      throw new UserError(
        `${source} has a tensor ${name} of shape [${given.shape}]; its config needs [${shape}].`,
      );
  }
}

/** `tensor a`, or `tensor a and 3 more`. */
function listNames(names: readonly string[]): string {
  return `tensor ${names[0]}${names.length > 1 ? ` and ${names.length - 1} more` : ""}`;
}

/** Checks only the dtypes; an invalid header is refused by the reader. */
function refuseHalfPrecision(bytes: Buffer, source: string): void {
  if (bytes.length < 8) return;
  const length = Number(bytes.readBigUInt64LE(0));
  const header = bytes.length >= 8 + length ? bytes.toString("latin1", 8, 8 + length) : "";
  const half = /"dtype"\s*:\s*"(F16|BF16|F8_[A-Z0-9]+)"/.exec(header);
  if (half)
    throw new UserError(
      `${source} holds weights in ${half[1]}; this project needs float32. Convert them in Python: model.float().save_pretrained(folder).`,
    );
}
