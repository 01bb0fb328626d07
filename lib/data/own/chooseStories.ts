import { UserError } from "../../errors";
import { formatCount } from "../../format";
import type { Stream } from "../../random/stream";
import type { Streams } from "../../random/streams";
import { readStories } from "../text/format";
import { storyKey } from "../text/storyKey";
import { detached } from "./detached";
import type { Place } from "./files";
import { keptRanking, rankingKey } from "./lastRanking";
import { LowestRanks, SPLIT } from "./lowestRanks";
import { FileReader, type Reading } from "./readFile";
import type { StoryOptions } from "./stories";

/** The stories of a choice, in the order of the files. */
export interface ChosenStories {
  readonly train: readonly string[];
  readonly test: readonly string[];
}

/**
 * Chooses different stories at random and divides them. They are held in memory, the others are not.
 * @throws UserError if there are fewer than asked for
 */
export async function chooseStories(
  place: Place,
  options: StoryOptions,
  counts: { readonly train: number; readonly test: number },
  streams: Streams,
  reading: Reading,
): Promise<ChosenStories> {
  const count = counts.train + counts.test;
  const stream = streams.get(SPLIT);
  const { format, field } = options;
  const kept = keptRanking(rankingKey(place, { format, field }, stream), count);
  const order = kept ?? (await ranking(place, options, count, stream, reading));
  if (order.length < count)
    throw new UserError(
      `${place.path} has ${formatCount(order.length)} different stories; ${formatCount(count)} were asked for.`,
    );
  const isTest = new Map(order.map((item, rank) => [item, rank < counts.test]));
  const chosen = { train: [] as string[], test: [] as string[] };
  let number = 0;
  for await (const story of allStories(place, options, reading)) {
    const test = isTest.get(number++);
    if (test !== undefined) chosen[test ? "test" : "train"].push(detached(story));
  }
  return chosen;
}

/** Stories of the lowest ranks, lowest first. */
async function ranking(
  place: Place,
  options: StoryOptions,
  count: number,
  stream: Stream,
  reading: Reading,
): Promise<number[]> {
  const ranks = new LowestRanks(count, stream);
  let number = 0;
  for await (const story of allStories(place, options, reading))
    ranks.add(storyKey(story), number++);
  return ranks.items();
}

async function* allStories(place: Place, options: StoryOptions, reading: Reading) {
  const reader = new FileReader(place.files, reading);
  for (const file of place.files) yield* readStories(reader.chunks(file), file.path, options);
}
