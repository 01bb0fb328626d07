import type { Stream } from "../../random/stream";
import type { Derivation } from "./derivation";
import { derivationsOf } from "./derivation";
import { expected } from "./expected";
import { grammarOf } from "./grammar";
import { sampleText } from "./sample";
import { RULES, SLOTS } from "./story";

/** The grammar of the offline stories: what {@link sampleStory} draws from. */
export const STORIES = grammarOf(RULES, SLOTS, "story");

/** One story, drawn by the grammar's probabilities. */
export function sampleStory(stream: Stream): string {
  return sampleText(STORIES, stream);
}

/** The choices that make this text, from left to right; `undefined` for a text that is no story. */
export function derivationOf(text: string): Derivation | undefined {
  return derivationsOf(STORIES, text)[0];
}

/** Whether the text is a story of the grammar, letter by letter. */
export function grammatical(text: string): boolean {
  return derivationOf(text) !== undefined;
}

/** log P(text) under the grammar, in nats; −∞ for a text that is no story. Exact. */
export function logProbability(text: string): number {
  const derivation = derivationOf(text);
  if (!derivation) return Number.NEGATIVE_INFINITY;
  return derivation.reduce((sum, { probability }) => sum + Math.log(probability), 0);
}

/**
 * The entropy of a story in nats: the least mean loss, per story, that any model can have on it.
 * Computed by recursion over the grammar, not by sampling.
 */
export function storyEntropy(): number {
  return expected(STORIES, { choice: (_, { probability }) => -Math.log(probability) });
}

/** The mean number of characters (UTF-16 units) of a story; computed as {@link storyEntropy} is. */
export function meanCharacters(): number {
  return expected(STORIES, { text: (written) => written.length });
}

/** How often a story makes a choice, in the mean: the expected number of uses of one option. */
export function expectedUses(of: string, option: string): number {
  return expected(STORIES, { choice: (name, { text }) => Number(name === of && text === option) });
}
