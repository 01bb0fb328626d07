import { suggestion, UserError } from "../../errors";
import type { Streams } from "../../random/streams";
import { grammarStories } from "./grammarStories";
import type { LoadOptions, Stories, StoryCounts } from "./stories";
import { storyFiles } from "./storyFiles";
import { TINY_STORIES } from "./tinyStories";

/** Story data sets by name: sampled from the project's grammar, or editions of TinyStories. */
export const STORY_SETS = ["grammar", "tinystories", "tinystories-v1", "tinystories-v2"] as const;
export type StorySetName = (typeof STORY_SETS)[number];

/**
 * Loads a story data set. Files are streamed, so memory does not grow with their size. Only the
 * stories that are used are checked for overlap between the splits. Grammar stories are not checked:
 * both splits are independent samples of one distribution and may share a story.
 * @param streams its "train-stories" and "validation-stories" sample the grammar
 * @throws UserError for an unknown set, too few stories, an empty split, an overlap, a file that is
 *   not UTF-8, or data that cannot be found or downloaded
 * @example
 * const stories = await loadStories("grammar", { train: 100, validation: 20 }, Streams.ofSeed(0));
 * for await (const story of stories.train()) console.log(story);
 */
export async function loadStories(
  dataset: StorySetName,
  counts: StoryCounts,
  streams: Streams,
  options: LoadOptions = {},
): Promise<Stories> {
  for (const [split, count] of Object.entries(counts))
    if (count !== "all" && !(Number.isInteger(count) && count >= 1))
      throw new UserError(
        `The number of ${split} stories must be a whole number from 1 on or "all", not ${count}.`,
      );
  if (dataset === "grammar") return grammarStories(counts, streams, options.signal);
  if (!Object.hasOwn(TINY_STORIES, dataset))
    throw new UserError(
      `There is no story data set "${dataset}".${suggestion(String(dataset), STORY_SETS)}`,
    );
  return storyFiles(TINY_STORIES[dataset], counts, options);
}
