import { UserError } from "../errors";
import { BYTES_BY_ID, MOST_TOKENS } from "./alphabet";
import { countWords } from "./count";
import { learnMerges } from "./learn";
import { Tokenizer } from "./tokenizer";

export interface BpeOptions {
  /** Minimum number of occurrences of a pair to be merged. @defaultValue 1 */
  readonly minimumCount?: number;
}

const SMALLEST = 1 + BYTES_BY_ID.length;

/**
 * Trains a byte-level BPE tokenizer with `vocabulary` tokens, 257 to 65,536 (paper: 8,000). Its merges
 * are those of Hugging Face's BpeTrainer on the same texts (`learnMerges`). The order of the
 * texts does not matter. Texts are read once; memory grows with the number of distinct words.
 * `<|endoftext|>` inside a text is not special here, so pass stories without it.
 * @throws UserError when the size is out of range or the texts are too few for that many tokens
 * @example
 * const tokenizer = await trainBpe(["Once upon a time, …"], 300);
 * tokenizer.decode(tokenizer.encode("Once")); // "Once"
 */
export async function trainBpe(
  texts: Iterable<string> | AsyncIterable<string>,
  vocabulary: number,
  { minimumCount = 1 }: BpeOptions = {},
): Promise<Tokenizer> {
  if (!Number.isInteger(vocabulary) || vocabulary < SMALLEST || vocabulary > MOST_TOKENS)
    throw new UserError(
      `A vocabulary of ${vocabulary} tokens is not possible: it needs a whole number from ` +
        `${SMALLEST} (<|endoftext|> and the 256 bytes) to ${MOST_TOKENS} (ids are uint16).`,
    );
  const { tokens, merges } = await learn(texts, vocabulary, minimumCount);
  if (tokens.length < vocabulary)
    throw new UserError(
      `This text is too small for a vocabulary of ${vocabulary} tokens: it gives ` +
        `${SMALLEST} + ${tokens.length - SMALLEST} merges = ${tokens.length} tokens` +
        `${minimumCount > 1 ? ` from pairs that occur at least ${minimumCount} times` : ""}. ` +
        `Ask for at most ${tokens.length}, or train on more text.`,
    );
  return new Tokenizer(tokens, merges);
}

/**
 * How many tokens of at most `vocabulary` these texts have a use for: merges of pairs that occur at
 * least twice.
 */
export async function usefulVocabulary(
  texts: Iterable<string> | AsyncIterable<string>,
  vocabulary: number,
): Promise<number> {
  return (await learn(texts, vocabulary, 2)).tokens.length;
}

async function learn(
  texts: Iterable<string> | AsyncIterable<string>,
  vocabulary: number,
  minimumCount: number,
) {
  const counts = await countWords(texts);
  const encoder = new TextEncoder();
  const idOf = new Uint16Array(256);
  for (const [i, byte] of BYTES_BY_ID.entries()) idOf[byte] = i + 1;
  const words = Array.from(counts, ([word, count]) => ({
    symbols: Array.from(encoder.encode(word), (byte) => idOf[byte]),
    count,
  }));
  return learnMerges(words, vocabulary, minimumCount);
}
