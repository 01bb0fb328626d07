import type { Values } from "../../engine/fused/sequence";
import type { Stream } from "../../random/stream";
import { type Choice, requireChoice } from "./choice";
import { choose } from "./choose";
import type { LanguageModel } from "./model";
import { END_OF_TEXT } from "./packed";

/**
 * Fewest sequences of a step; others are computed in vain. A product of fewer rows sums in another
 * order, and a story would depend on how many are drawn beside it.
 */
const FEWEST = 32;
/** Part of the sequences that may have ended before the others move together. */
const ENDED = 1 / 8;
/** Most that keys and values of one batch may take, in bytes. */
const CACHE = 512 * 2 ** 20;

export interface GenerateOptions extends Choice {
  /** Draws a story's first token from its stream; without it the model does. */
  readonly first?: ((stream: Stream) => number) | undefined;
  /** Most bytes of keys and values; where they do not suffice, part of the stories waits. */
  readonly cacheBytes?: number;
  /** Called after every token; may throw to stop. */
  readonly after?: (ended: number) => Promise<void>;
}

/**
 * Draws stories one token a step, all of them side by side. A story begins after `<|endoftext|>`
 * and lasts until the model draws that token, which is then its last, or until it fills the context.
 * It depends on its own stream alone, not on the stories beside it.
 * @param streams of each story
 * @throws UserError on a temperature, topK or topP out of range
 */
export async function generate(
  model: LanguageModel,
  values: Values,
  streams: readonly Stream[],
  options: GenerateOptions,
): Promise<Uint16Array[]> {
  requireChoice(options);
  const stories: Uint16Array[] = new Array(streams.length);
  const waiting = [Int32Array.from(streams, (_, i) => i)];
  let ended = 0;
  for (let group = waiting.pop(); group; group = waiting.pop()) await together(group);
  return stories;

  async function together(group: Int32Array): Promise<void> {
    const { context } = model.config;
    const { first, cacheBytes = CACHE, after } = options;
    let rows = Array.from({ length: Math.max(FEWEST, group.length) }, (_, i) => {
      const story = group[i % group.length];
      return {
        story,
        // From its beginning, whatever was drawn from it before.
        stream: streams[story].at(),
        tokens: new Uint16Array(context),
        length: 0,
        ended: i >= group.length,
      };
    });
    const cache = model.cache(rows.length);
    const keep = (wanted: (row: (typeof rows)[number], i: number) => boolean) => {
      const kept = rows.flatMap((row, i) => (wanted(row, i) ? [i] : []));
      cache.keep(Int32Array.from(kept));
      rows = kept.map((i) => rows[i]);
    };
    try {
      while (rows.length > 0) {
        if (cache.nextBytes > cacheBytes && rows.length > FEWEST) {
          const half = Math.max(FEWEST, Math.ceil(rows.length / 2));
          waiting.push(
            Int32Array.from(
              rows.slice(half).filter((r) => !r.ended),
              (r) => r.story,
            ),
          );
          keep((_, i) => i < half);
        }
        const last = Int32Array.from(rows, ({ tokens, length }) =>
          length === 0 ? END_OF_TEXT : tokens[length - 1],
        );
        const logits = model.step(values, last, cache);
        const chosen = choose(
          logits,
          options,
          Float64Array.from(rows, (r) => r.stream.uniform()),
        );
        logits.dispose();
        rows.forEach((row, i) => {
          if (row.ended) return;
          const id = first && row.length === 0 ? first(row.stream) : chosen[i];
          row.tokens[row.length++] = id;
          if (id !== END_OF_TEXT && row.length < context) return;
          row.ended = true;
          stories[row.story] = row.tokens.slice(0, row.length);
          ended++;
        });
        const idle = rows.filter((row) => row.ended).length;
        if (idle === rows.length) break;
        if (idle > rows.length * ENDED && rows.length > FEWEST) {
          let spare = FEWEST - (rows.length - idle);
          keep((row) => !row.ended || spare-- > 0);
        }
        await after?.(ended);
      }
    } finally {
      cache.dispose();
    }
    await after?.(ended);
  }
}
