import { suggestion, UserError } from "../../errors";
import type { Streams } from "../../random/streams";
import type { SourceOptions } from "../obtain";
import { grammarStories } from "./grammarStories";
import { storyFiles } from "./storyFiles";
import { TINY_STORIES } from "./tinyStories";

/** Story data sets by name: drawn from the project's grammar, or editions of TinyStories. */
export const STORY_SETS = ["grammar", "tinystories", "tinystories-v1", "tinystories-v2"] as const;
export type StorySetName = (typeof STORY_SETS)[number];

/** Stories wanted of each split: the first so many in the order of the file, or all. */
export interface StoryCounts {
  readonly train: number | "all";
  readonly validation: number | "all";
}

/** Training and held-out stories. Both can be walked as often as wanted, always in the same order. */
export interface Stories {
  train(): AsyncIterable<string>;
  validation(): AsyncIterable<string>;
  /** Stories in each split. */
  readonly counts: { readonly train: number; readonly validation: number };
  /** SHA-256 of each file's unpacked bytes, as seen; empty for drawn stories. */
  readonly checksums: Readonly<Record<string, string>>;
  /** One line for captions: "TinyStories excerpt (10,139 / 3,117 stories)". */
  readonly description: string;
}

export interface LoadOptions extends SourceOptions {
  /**
   * What to do with training stories that are also in the validation split (letters and digits
   * compared, case ignored): stop with their number, or leave them out of training and say so.
   * @defaultValue "refuse"
   */
  readonly overlap?: "refuse" | "leave out";
}

/**
 * Loads a story data set. Files are read piece by piece, so memory does not grow with them. Only
 * the stories that are used are compared for overlap; drawn ones are not, for both splits are
 * independent draws of one distribution and may well share a story.
 * @param streams "train-stories" and "validation-stories" of it draw the stories of the grammar
 * @throws UserError for an unknown set, more stories than there are, an empty split, an overlap, a
 *   file that is not UTF-8, or data that cannot be had
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
