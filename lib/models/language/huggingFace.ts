import * as fs from "node:fs";
import * as path from "node:path";
import { writeFileAtomic } from "../../store/atomic";
import { encodeSafetensors } from "../../store/safetensors";
import type { Weights } from "../../store/weights";
import type { LanguageModelConfig } from "./config";
import { modelCard } from "./huggingFaceCard";
import { configJson } from "./huggingFaceConfig";
import { checkWeights } from "./huggingFaceWeights";
import { END_OF_TEXT } from "./packed";

/** Names of the files that every model has. */
export const CONFIG = "config.json";
export const WEIGHTS = "model.safetensors";

/**
 * Writes a model as a folder that transformers loads directly
 * (`AutoModelForCausalLM.from_pretrained(folder)`), with a README.md that shows how to sample from it.
 * `config.json` is written last, so that a folder that has one is complete.
 * @param tokenizerJson content of Hugging Face's `tokenizer.json`
 * @param card the README.md. Default: what the model is and how to sample from it
 * @throws UserError when the weights do not fit the config, or the disk is full
 */
export function exportHuggingFace(
  folder: string,
  config: LanguageModelConfig,
  weights: Weights,
  tokenizerJson?: string,
  card = modelCard(config),
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
      // Before the text: generation goes on at its end.
      padding_side: "left",
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
  writeFileAtomic(file("README.md"), card);
  writeFileAtomic(file(CONFIG), configJson(config));
}
