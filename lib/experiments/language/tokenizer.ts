import type { RealInput } from "../../loop/evaluation";
import { fromTokenizerJson, type Tokenizer } from "../../tokenizer/index";

/** Tokenizer file beside the real data in the run store, in Hugging Face's format. */
export const TOKENIZER = "tokenizer.json";

/** The tokenizer that belongs to the real data. */
export function readTokenizer(real: Pick<RealInput, "artefact">): Tokenizer {
  return fromTokenizerJson(Buffer.from(real.artefact(TOKENIZER)).toString("utf8"), TOKENIZER);
}
