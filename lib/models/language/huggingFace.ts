import * as fs from "node:fs";
import * as path from "node:path";
import { UserError } from "../../errors";
import { readJson } from "../../pool/readJson";
import { writeFileAtomic } from "../../store/atomic";
import { decodeSafetensors, encodeSafetensors } from "../../store/safetensors";
import type { Weights } from "../../store/weights";
import type { LanguageModelConfig } from "./config";
import { configJson, parseConfigJson } from "./huggingFaceConfig";
import { languageModel } from "./index";
import { END_OF_TEXT } from "./packed";

const CONFIG = "config.json";
const WEIGHTS = "model.safetensors";

/**
 * Writes a model as a folder that transformers loads as it is
 * (`AutoModelForCausalLM.from_pretrained(folder)`). `config.json` comes last, so that a folder that
 * has one is whole.
 * @param tokenizerJson content of Hugging Face's `tokenizer.json`
 * @throws UserError when the weights are not this model's, or the disk is full
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
  // transformers wants to be told that the layout is PyTorch's.
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
      model_max_length: config.context,
      clean_up_tokenization_spaces: false,
    });
  }
  // Plain sampling: transformers would otherwise choose the likeliest, or among 50.
  write("generation_config.json", {
    bos_token_id: END_OF_TEXT,
    eos_token_id: END_OF_TEXT,
    do_sample: true,
    temperature: 1,
    top_k: 0,
    top_p: 1,
    max_length: config.context,
  });
  writeFileAtomic(file(CONFIG), configJson(config));
}

/**
 * Reads a folder that {@link exportHuggingFace} or transformers' `save_pretrained` wrote.
 * @throws UserError when a file is missing or damaged, when the model is of another kind, and when
 *   a tensor is missing, unknown, not float32 or of another shape
 */
export function importHuggingFace(folder: string): {
  config: LanguageModelConfig;
  weights: Weights;
} {
  const remedy = `Save the model with transformers' save_pretrained, or export it anew.`;
  const configFile = path.join(folder, CONFIG);
  const config = parseConfigJson(readJson(configFile, "model config", remedy), configFile);
  const file = path.join(folder, WEIGHTS);
  if (!fs.existsSync(file)) throw new UserError(`There is no ${file}. ${missingRemedy(folder)}`);
  const bytes = fs.readFileSync(file);
  refuseHalfPrecision(bytes, file);
  const { weights } = decodeSafetensors(bytes, file);
  checkWeights(config, weights, file);
  return { config, weights };
}

function missingRemedy(folder: string): string {
  const names = fs.readdirSync(folder);
  if (names.includes(`${WEIGHTS}.index.json`))
    return "Its weights are in several files; save them in one with a larger max_shard_size.";
  if (names.includes("pytorch_model.bin"))
    return "Its weights are pickled; save them anew with a later version of transformers.";
  return "Save the model with transformers' save_pretrained, or export it anew.";
}

/** @param source named in errors: "FILE", or what the weights are. */
function checkWeights(config: LanguageModelConfig, weights: Weights, source: string): void {
  const { shapes } = languageModel(config);
  const missing = Object.keys(shapes).filter((name) => !Object.hasOwn(weights, name));
  const spare = Object.keys(weights).filter((name) => !Object.hasOwn(shapes, name));
  if (missing.length > 0)
    throw new UserError(
      `${source} has no ${listed(missing)}, which its config needs. Is the config of another model?`,
    );
  if (spare.length > 0)
    throw new UserError(
      `${source} has ${listed(spare)} too many for its config. Is the config of another model?`,
    );
  for (const [name, shape] of Object.entries(shapes)) {
    const given = weights[name];
    if (!(given.data instanceof Float32Array))
      throw new UserError(`${source} has numbers in tensor ${name} that are not float32.`);
    if (given.shape.length !== shape.length || given.shape.some((side, i) => side !== shape[i]))
      throw new UserError(
        `${source} has tensor ${name} of shape [${given.shape}], its config makes that [${shape}].`,
      );
  }
}

/** `tensor a`, or `tensor a and 3 more`. */
function listed(names: readonly string[]): string {
  return `tensor ${names[0]}${names.length > 1 ? ` and ${names.length - 1} more` : ""}`;
}

/** Looks at the dtypes alone; a header that is not sound is for the reader to refuse. */
function refuseHalfPrecision(bytes: Buffer, source: string): void {
  if (bytes.length < 8) return;
  const length = Number(bytes.readBigUInt64LE(0));
  const header = bytes.length >= 8 + length ? bytes.toString("latin1", 8, 8 + length) : "";
  const found = /"dtype"\s*:\s*"(F16|BF16|F8_[A-Z0-9]+)"/.exec(header);
  if (found)
    throw new UserError(
      `${source} holds weights in ${found[1]}; this project computes in float32. Convert them in Python: model.float().save_pretrained(folder).`,
    );
}
