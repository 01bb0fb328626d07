import type { Stream } from "../../random/stream";
import type { Derivation } from "./derivation";
import { derivationsOf } from "./derivation";
import { expectation } from "./expectation";
import { buildGrammar } from "./grammar";
import { sampleText } from "./sample";
import { RULES, SLOTS } from "./story";

/** The grammar of the offline stories, which {@link sampleStory} samples. */
export const STORIES = buildGrammar(RULES, SLOTS, "story");

/** Samples one story. */
export function sampleStory(stream: Stream): string {
  return sampleText(STORIES, stream);
}

/** The choices that produce this text, from left to right; `undefined` for a text that is not a story. */
export function derivationOf(text: string): Derivation | undefined {
  return derivationsOf(STORIES, text)[0];
}

/** Whether the grammar can produce exactly this text. */
export function grammatical(text: string): boolean {
  return derivationOf(text) !== undefined;
}

/** log P(text) under the grammar, in nats; −∞ for a text that is not a story. Exact. */
export function logProbability(text: string): number {
  const derivation = derivationOf(text);
  if (!derivation) return Number.NEGATIVE_INFINITY;
  return derivation.reduce((sum, { probability }) => sum + Math.log(probability), 0);
}

/**
 * The entropy of a story in nats: a lower bound on any model's mean loss per story. Computed by
 * recursion over the grammar, not by sampling.
 */
export function storyEntropy(): number {
  return expectation(STORIES, { choice: (_, { probability }) => -Math.log(probability) });
}

/** The mean number of characters (UTF-16 units) of a story; computed as {@link storyEntropy} is. */
export function meanCharacters(): number {
  return expectation(STORIES, { text: (written) => written.length });
}

/** How often a story makes a choice, in the mean: the expected number of uses of one option. */
export function expectedUses(of: string, option: string): number {
  return expectation(STORIES, {
    choice: (name, { text }) => Number(name === of && text === option),
  });
}
