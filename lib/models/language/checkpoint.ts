import * as fs from "node:fs";
import * as path from "node:path";
import { UserError } from "../../errors";
import type { Weights } from "../../store/weights";
import { reorderedTokenizer, type Tokenizer } from "../../tokenizer/index";
import type { LanguageModelConfig } from "./config";
import { importHuggingFace } from "./importHuggingFace";

/** A trained model with the tokenizer that its tokens come from. */
export interface Checkpoint {
  readonly config: LanguageModelConfig;
  readonly weights: Weights;
  readonly tokenizer: Tokenizer;
}

/** Tables with a row a token. */
const TABLES = ["transformer.wte.weight", "model.embed_tokens.weight", "lm_head.weight"];

/**
 * Reads a Hugging Face checkpoint with its tokenizer.json. `<|endoftext|>` gets the id 0, as in every
 * model here, and the tables of tokens get the same order.
 * @throws UserError as `importHuggingFace`, when there is no tokenizer.json or it is not GPT-2's
 *   byte-level BPE, and when it has not as many tokens as the model
 */
export function readCheckpoint(folder: string): Checkpoint {
  const { config, weights } = importHuggingFace(folder);
  const file = path.join(folder, "tokenizer.json");
  if (!fs.existsSync(file))
    throw new UserError(
      `There is no ${file}. Save the tokenizer beside the model: AutoTokenizer.from_pretrained(…).save_pretrained(folder).`,
    );
  const { tokenizer, ids } = reorderedTokenizer(fs.readFileSync(file, "utf8"), file);
  if (tokenizer.vocabulary !== config.vocabulary)
    throw new UserError(
      `${file} has ${tokenizer.vocabulary} tokens, and the model ${config.vocabulary}; they belong to different models.`,
    );
  const tables = TABLES.filter((name) => Object.hasOwn(weights, name));
  const reordered = tables.map((name) => [name, rowsInOrder(weights[name], ids)] as const);
  return { config, weights: { ...weights, ...Object.fromEntries(reordered) }, tokenizer };
}

/** Row i of the result is row `order[i]` of the table. */
function rowsInOrder({ shape, data }: Weights[string], order: Int32Array): Weights[string] {
  const width = shape[1];
  const rows = new Float32Array(data.length);
  order.forEach((from, to) => {
    rows.set(data.subarray(from * width, (from + 1) * width), to * width);
  });
  return { shape, data: rows };
}
