import { UserError } from "../../errors";
import { formatCount } from "../../format";
import type { Streams } from "../../random/streams";
import { readStories } from "../text/format";
import { storyKey } from "../text/storyKey";
import { detached } from "./detached";
import type { Place } from "./files";
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
  const ranks = new LowestRanks(count, streams.get(SPLIT));
  let number = 0;
  for await (const story of allStories(place, options, reading))
    ranks.add(storyKey(story), number++);
  const order = ranks.items();
  if (order.length < count)
    throw new UserError(
      `${place.path} has ${formatCount(order.length)} different stories; ${formatCount(count)} were asked for.`,
    );
  const isTest = new Map(order.map((item, rank) => [item, rank < counts.test]));
  const chosen = { train: [] as string[], test: [] as string[] };
  number = 0;
  for await (const story of allStories(place, options, reading)) {
    const test = isTest.get(number++);
    if (test !== undefined) chosen[test ? "test" : "train"].push(detached(story));
  }
  return chosen;
}

async function* allStories(place: Place, options: StoryOptions, reading: Reading) {
  const reader = new FileReader(place.files, reading);
  for (const file of place.files) yield* readStories(reader.chunks(file), file.path, options);
}
