import { UserError } from "../../errors";
import type { Stream } from "../../random/stream";
import type { Streams } from "../../random/streams";
import { sampleStory } from "../grammar/stories";
import { describeStories } from "./describe";
import type { Stories, StoryCounts } from "./stories";

/** Stories sampled from the grammar. Story i depends only on the stream and on i. */
export function grammarStories(
  counts: StoryCounts,
  streams: Streams,
  signal: AbortSignal | undefined,
): Stories {
  const { train, validation } = counts;
  if (train === "all" || validation === "all")
    throw new UserError('The story grammar has unlimited stories: give a number instead of "all".');
  return {
    train: () => sampleStories(streams.get("train-stories"), train, signal),
    validation: () => sampleStories(streams.get("validation-stories"), validation, signal),
    counts: { train, validation },
    checksums: {},
    description: describeStories("story grammar", { train, validation }),
  };
}

async function* sampleStories(
  stream: Stream,
  count: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<string, void, undefined> {
  for (let i = 0; i < count; i++) {
    signal?.throwIfAborted();
    yield sampleStory(stream.at(i));
  }
}
