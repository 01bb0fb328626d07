import {
  distinctN,
  endedShare,
  knownWords,
  repetition,
  selfBleu,
  storyLength,
  tailCoverage,
} from "../../metrics/text/index";
import { Stream } from "../../random/stream";
import type { StoryTexts } from "./stories";

/** Length of the rare phrases, in tokens. */
const TAIL_N = 3;

/** Independent of seed and generation: the same stories of every model are compared. */
const FIXED = new Stream(["language", "self-bleu"]);

/** The real stories that the sampled ones are compared with. */
export interface Reference {
  /** Held-out real stories: as many as there are sampled ones, or all. */
  readonly heldOut: readonly Uint16Array[];
  /** Words of the real training stories. */
  readonly words: ReadonlySet<string>;
}

/**
 * Variety of sampled stories, and their likeness to real ones:
 *
 * - `distinct2`: distinct 2-grams over all 2-grams, within a fixed number of tokens;
 * - `selfBleu`: BLEU-4 of stories against each other, higher = less varied;
 * - `tailCoverage`: share of the rare 3-grams of held-out real stories that occur, within the same
 *   number of tokens;
 * - `repetition`: share of 4-grams that occurred earlier in the same story;
 * - `knownWords`: share of words that occur in real training stories;
 * - `meanTokens`: tokens per story; `endedShare`: share of stories that end within the context.
 *
 * The fixed number is half of the held-out stories' tokens, so that shorter sampled stories still reach
 * it; if they do not, all of them count.
 */
export function textMetrics({ tokens, texts }: StoryTexts, { heldOut, words }: Reference) {
  const budget = Math.floor(total(heldOut) / 2);
  const enough = total(tokens) - 2 * tokens.length >= budget;
  const options = enough ? { positions: Math.max(1, budget - 2 * heldOut.length) } : {};
  return {
    distinct2: distinctN(upTo(tokens, budget), 2),
    selfBleu: selfBleu(tokens, FIXED),
    tailCoverage: tokens.some(({ length }) => length >= TAIL_N)
      ? tailCoverage(heldOut, tokens, { n: TAIL_N, ...options }).covered
      : 0,
    repetition: repetition(tokens),
    knownWords: knownWords(texts, words),
    meanTokens: storyLength(tokens).mean,
    endedShare: endedShare(tokens),
  };
}

function total(stories: readonly Uint16Array[]): number {
  return stories.reduce((sum, { length }) => sum + length, 0);
}

/** The first stories up to a total of `budget` tokens, the last one truncated. */
function* upTo(stories: readonly Uint16Array[], budget: number): Generator<Uint16Array> {
  let left = budget;
  for (const story of stories) {
    if (left <= 0) return;
    yield story.subarray(0, left);
    left -= story.length;
  }
}
