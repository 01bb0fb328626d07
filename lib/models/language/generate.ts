import { engine } from "../../engine/load";
import type { Values } from "../../engine/parameters";
import type { Stream } from "../../random/stream";
import type { LanguageModel } from "./model";
import { END_OF_TEXT } from "./packed";
import { sampleTokens } from "./sampleTokens";
import { requireSamplingOptions, type SamplingOptions } from "./samplingOptions";

/**
 * Minimum number of sequences per step; spare ones are computed and discarded. A product of fewer
 * rows sums in another order, and a story would depend on how many are sampled beside it.
 */
const MIN_ROWS = 32;
/** Finished sequences are removed from a batch when they are more than this part of it. */
const MAX_FINISHED = 1 / 8;
/** Maximum size of the keys and values of one batch, in bytes. */
const CACHE = 512 * 2 ** 20;

export interface GenerateOptions extends SamplingOptions {
  /** Draws a story's first token from its stream. Default: the model does. */
  readonly first?: ((stream: Stream) => number) | undefined;
  /** Maximum size of the keys and values in bytes; where it is too small, some stories wait. */
  readonly cacheBytes?: number;
  /** Called after every token with the number of finished stories; may throw to stop. */
  readonly onProgress?: (finished: number) => Promise<void>;
}

/** A story in the making. */
interface Row {
  /** Index of its stream. */
  readonly story: number;
  readonly stream: Stream;
  readonly tokens: Uint16Array;
  length: number;
  finished: boolean;
}

/**
 * Samples stories one token per step, all of them together. A story begins after `<|endoftext|>`
 * and lasts until the model samples that token, which is then its last, or until it fills the
 * context. It depends on its own stream alone, not on the stories beside it.
 * @param streams of each story
 * @throws UserError on a temperature, topK or topP out of range
 */
export async function generate(
  model: LanguageModel,
  values: Values,
  streams: readonly Stream[],
  options: GenerateOptions,
): Promise<Uint16Array[]> {
  requireSamplingOptions(options);
  const { context } = model.config;
  const { first, cacheBytes = CACHE, onProgress } = options;
  const stories: Uint16Array[] = new Array(streams.length);
  const waiting = [Int32Array.from(streams, (_, i) => i)];
  let finished = 0;
  const taken = model.cast(values);
  try {
    for (let group = waiting.pop(); group; group = waiting.pop()) await generateGroup(group);
  } finally {
    engine().tf.dispose(taken);
  }
  return stories;

  async function generateGroup(group: Int32Array): Promise<void> {
    let rows = Array.from({ length: Math.max(MIN_ROWS, group.length) }, (_, i): Row => {
      const story = group[i % group.length];
      return {
        story,
        // From its beginning, whatever was drawn from it before.
        stream: streams[story].at(),
        tokens: new Uint16Array(context),
        length: 0,
        finished: i >= group.length,
      };
    });
    const cache = model.cache(rows.length);
    const retain = (isRetained: (row: Row, i: number) => boolean) => {
      const indices = rows.flatMap((row, i) => (isRetained(row, i) ? [i] : []));
      cache.retain(Int32Array.from(indices));
      rows = indices.map((i) => rows[i]);
    };
    try {
      while (rows.length > 0) {
        if (cache.nextBytes > cacheBytes && rows.length > MIN_ROWS) {
          const half = Math.max(MIN_ROWS, Math.ceil(rows.length / 2));
          const others = rows.slice(half).filter((row) => !row.finished);
          waiting.push(Int32Array.from(others, (row) => row.story));
          retain((_, i) => i < half);
        }
        const last = Int32Array.from(rows, ({ tokens, length }) =>
          length === 0 ? END_OF_TEXT : tokens[length - 1],
        );
        const logits = model.step(taken, last, cache);
        const uniforms = Float64Array.from(rows, (row) => row.stream.uniform());
        const ids = sampleTokens(logits, options, uniforms);
        logits.dispose();
        for (const [i, row] of rows.entries()) append(row, ids[i]);
        const idle = rows.filter((row) => row.finished).length;
        if (idle === rows.length) break;
        if (idle > rows.length * MAX_FINISHED && rows.length > MIN_ROWS) {
          let spare = MIN_ROWS - (rows.length - idle);
          retain((row) => !row.finished || spare-- > 0);
        }
        await onProgress?.(finished);
      }
    } finally {
      cache.dispose();
    }
    await onProgress?.(finished);
  }

  function append(row: Row, sampled: number): void {
    if (row.finished) return;
    const id = first && row.length === 0 ? first(row.stream) : sampled;
    row.tokens[row.length++] = id;
    if (id !== END_OF_TEXT && row.length < context) return;
    row.finished = true;
    stories[row.story] = row.tokens.slice(0, row.length);
    finished++;
  }
}
