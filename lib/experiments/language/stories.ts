import { END_OF_TEXT } from "../../models/language/packed";
import type { Block } from "../../pool/block";
import type { Batch, Schema } from "../../pool/schema";
import type { Tokenizer } from "../../tokenizer/index";

/** One story per item: its tokens, with a final `<|endoftext|>` unless it was truncated. */
export const STORY_SCHEMA: Schema = { tokens: { dtype: "uint16", shape: [], ragged: true } };

/** The tokens of each story in a batch, without copying. */
export function storiesIn({ length, columns: { tokens } }: Batch): Uint16Array[] {
  const { data, offsets } = tokens as { data: Uint16Array; offsets: Float64Array };
  return Array.from({ length }, (_, i) => data.subarray(offsets[i], offsets[i + 1]));
}

/** Packs stories into a batch for the pool. */
export function storyBatch(stories: readonly ArrayLike<number>[]): Batch {
  const offsets = new Float64Array(stories.length + 1);
  stories.forEach((story, i) => {
    offsets[i + 1] = offsets[i] + story.length;
  });
  const data = new Uint16Array(offsets[stories.length]);
  stories.forEach((story, i) => {
    data.set(story, offsets[i]);
  });
  return { length: stories.length, columns: { tokens: { data, offsets } } };
}

/** A story's tokens without the final `<|endoftext|>`. */
export function withoutEnd(story: Uint16Array): Uint16Array {
  return story.at(-1) === END_OF_TEXT ? story.subarray(0, -1) : story;
}

/** Stories as tokens, with their ends, and as text. */
export interface StoryTexts {
  readonly tokens: readonly Uint16Array[];
  readonly texts: readonly string[];
}

/** The first `count` stories of a block. */
export function storyTexts(block: Block, count: number, tokenizer: Tokenizer): StoryTexts {
  const tokens = storiesIn(block.range(0, count));
  return { tokens, texts: tokens.map((story) => tokenizer.decode(withoutEnd(story))) };
}

/** Number of tokens in a block. */
export function tokensIn(block: Block): number {
  return storiesIn(block.range(0, block.length)).reduce((sum, { length }) => sum + length, 0);
}

/** Stories per read. */
const READ = 256;

/**
 * The first `count` stories of a block in groups of at most `tokens` tokens, or one longer story. A
 * story counts for at most `context` tokens, because models see no more of it.
 */
export function* storyGroups(
  block: Block,
  count: number,
  context: number,
  tokens: number,
): Generator<Uint16Array[]> {
  let group: Uint16Array[] = [];
  let size = 0;
  for (let from = 0; from < count; from += READ) {
    for (const story of storiesIn(block.range(from, Math.min(from + READ, count)))) {
      const length = Math.min(story.length, context);
      if (group.length > 0 && size + length > tokens) {
        yield group;
        group = [];
        size = 0;
      }
      group.push(story);
      size += length;
    }
  }
  if (group.length > 0) yield group;
}
