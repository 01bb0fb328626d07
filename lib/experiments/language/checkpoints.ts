import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { cacheFolder, findSource, type SourceFile, type SourceOptions } from "../../data/obtain";
import { openSource } from "../../data/openSource";
import { UserError } from "../../errors";
import { readCheckpoint } from "../../models/language/checkpoint";
import { type LanguageModelConfig, languageModelConfig } from "../../models/language/config";
import { writeFileAtomic } from "../../store/atomic";
import { decodeSafetensors, encodeSafetensors } from "../../store/safetensors";
import type { Weights } from "../../store/weights";
import { fromTokenizerJson, type Tokenizer, toTokenizerJson } from "../../tokenizer/index";

/** Data set in which imported checkpoints are kept and looked for. */
const SET = "checkpoints";

/** What names an imported checkpoint in a config. */
export interface ImportedCheckpoint {
  /** For the section `data`. */
  readonly data: { readonly vocabulary: number; readonly tokenizer: string };
  /** For the section `model`; the context may be made shorter. */
  readonly model: Omit<LanguageModelConfig, "vocabulary"> & { readonly initial: string };
}

/**
 * Takes a Hugging Face checkpoint (GPT-2 or Llama-2 in safetensors, with its tokenizer.json) into
 * `.cache/data/checkpoints`, so that a config can name it as what every fit starts from. Files there are
 * named by the SHA-256 of what they hold: the same weights have the same address wherever they lay and
 * whatever their layout was.
 * @throws UserError when the folder is not such a checkpoint
 * @example
 * const start = importCheckpoint("/path/to/gpt2");
 * const config = languageTask.config.parse({
 *   data: { dataset: "tinystories", trainItems: 1000, testItems: 100, ...start.data },
 *   model: { ...start.model, context: 256 },
 *   training: { epochs: 1 },
 * });
 */
export function importCheckpoint(
  folder: string,
  options: Pick<SourceOptions, "cache"> = {},
): ImportedCheckpoint {
  const { config, weights, tokenizer } = readCheckpoint(folder);
  const json = Buffer.from(toTokenizerJson(tokenizer));
  const tokenizerHash = sha256(json);
  const metadata = { config: JSON.stringify(config), tokenizer: tokenizerHash };
  const bytes = encodeSafetensors(weights, metadata);
  const initial = sha256(bytes);
  keep(tokenizerSource(tokenizerHash), json, options);
  keep(weightsSource(initial), bytes, options);
  const { vocabulary, ...model } = config;
  return { data: { vocabulary, tokenizer: tokenizerHash }, model: { ...model, initial } };
}

/**
 * The tokenizer of an imported checkpoint.
 * @param hash its SHA-256, `data.tokenizer` of a config
 * @throws UserError when it is not here
 */
export async function importedTokenizer(hash: string, options: SourceOptions): Promise<Tokenizer> {
  const { bytes, file } = await read(tokenizerSource(hash), options);
  return fromTokenizerJson(bytes.toString("utf8"), file);
}

/**
 * The weights that every fit of a config starts from; GPT-2's positions are cut to the config's context.
 * @param hash SHA-256 of the imported file, `model.initial` of a config
 * @param tokenizer the config's `data.tokenizer`
 * @throws UserError when they are not here, or belong to another shape or tokenizer
 */
export async function initialWeights(
  hash: string,
  shape: LanguageModelConfig,
  tokenizer: string | undefined,
  options: SourceOptions = {},
): Promise<Weights> {
  const { bytes, file } = await read(weightsSource(hash), options);
  const { weights, metadata } = decodeSafetensors(bytes, file);
  const given = languageModelConfig.parse(JSON.parse(metadata.config ?? "null"));
  if (metadata.tokenizer !== tokenizer)
    throw new UserError(
      `model.initial was trained with the tokenizer ${metadata.tokenizer}: set data.tokenizer to it.`,
    );
  for (const [key, value] of Object.entries(given)) {
    const wanted = shape[key as keyof typeof given];
    if (key === "context" ? (wanted as number) > (value as number) : wanted !== value)
      throw new UserError(
        `model.initial has ${key} ${value}, and the config ${wanted}; ${key === "context" ? "it can only be made shorter" : "they must agree"}.`,
      );
  }
  const positions = weights["transformer.wpe.weight"];
  if (!positions || shape.context === given.context) return weights;
  const cut = {
    shape: [shape.context, shape.width],
    data: positions.data.slice(0, shape.context * shape.width),
  };
  return { ...weights, "transformer.wpe.weight": cut };
}

const weightsSource = (sha256: string) => source(`${sha256}.safetensors`, sha256);
const tokenizerSource = (sha256: string) => source(`${sha256}.json`, sha256);

function source(file: string, sha256: string): SourceFile & { readonly sha256: string } {
  return { set: SET, file, addresses: [], sha256 };
}

function keep(to: SourceFile, bytes: Uint8Array, options: SourceOptions): void {
  const file = path.join(cacheFolder(to, options), to.file);
  if (fs.existsSync(file)) return;
  fs.mkdirSync(path.dirname(file), { recursive: true });
  writeFileAtomic(file, bytes);
}

async function read(
  from: SourceFile & { readonly sha256: string },
  options: SourceOptions,
): Promise<{ bytes: Buffer; file: string }> {
  if (!findSource(from, options))
    throw new UserError(
      `The checkpoint file ${SET}/${from.file} is not here. Import the checkpoint's folder again (importCheckpoint), or copy the file into ${cacheFolder(from, options)}.`,
    );
  const open = await openSource(from, options);
  const chunks: Uint8Array[] = [];
  for await (const chunk of open.chunks()) chunks.push(chunk);
  return { bytes: Buffer.concat(chunks), file: open.path };
}

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
