import { UserError } from "../../errors";
import type { Stream } from "../../random/stream";
import type { Streams } from "../../random/streams";
import { sampleStory } from "../grammar/stories";
import { describeStories } from "./describe";
import type { Stories, StoryCounts } from "./loadStories";

/** Stories of the grammar. Story i depends on the stream and i alone. */
export function grammarStories(
  counts: StoryCounts,
  streams: Streams,
  signal: AbortSignal | undefined,
): Stories {
  const { train, validation } = counts;
  if (train === "all" || validation === "all")
    throw new UserError(
      'The story grammar has no end of stories: give their number instead of "all".',
    );
  return {
    train: () => drawn(streams.get("train-stories"), train, signal),
    validation: () => drawn(streams.get("validation-stories"), validation, signal),
    counts: { train, validation },
    checksums: {},
    description: describeStories("story grammar", { train, validation }),
  };
}

async function* drawn(
  stream: Stream,
  count: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<string, void, undefined> {
  for (let i = 0; i < count; i++) {
    signal?.throwIfAborted();
    yield sampleStory(stream.at(i));
  }
}
