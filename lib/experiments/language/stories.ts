import { END_OF_TEXT } from "../../models/language/packed";
import type { Block } from "../../pool/block";
import type { Batch, Schema } from "../../pool/schema";

/** One story an item: its tokens and, if it came to its end, a final `<|endoftext|>`. */
export const STORY_SCHEMA: Schema = { tokens: { dtype: "uint16", shape: [], ragged: true } };

/** The tokens of each story of a batch; no copies. */
export function storiesIn({ length, columns: { tokens } }: Batch): Uint16Array[] {
  const { data, offsets } = tokens as { data: Uint16Array; offsets: Float64Array };
  return Array.from({ length }, (_, i) => data.subarray(offsets[i], offsets[i + 1]));
}

/** Stories as a batch of the pool. */
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

/** Stories read from a block at once. */
const READ = 256;

/**
 * The first stories of a block in groups of at most `tokens` tokens (at least one story), each
 * story counted no longer than the context, in which models see it.
 * @param count stories in all
 */
export function* groups(
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
