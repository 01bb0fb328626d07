import { suggestion, UserError } from "../../errors";
import { countOf, formatCount } from "../../format";
import { Streams } from "../../random/streams";
import { readChunks } from "../molecules/readChunks";
import { readStories, STORY_FORMATS, type StoryFormat } from "../text/format";
import { type Recognised, recogniseFormat } from "../text/recogniseFormat";
import { storyKey } from "../text/storyKey";
import type { Place } from "./files";
import { keepRanking, rankingKey } from "./lastRanking";
import { LowestRanks, SPLIT } from "./lowestRanks";
import { FileReader, type Reading } from "./readFile";

/** Bytes of the largest file from which the format is recognised. */
const BEGINNING = 4 << 20;
/** Files of a folder from which on each may be a story. */
const MANY_FILES = 10;
/** Fewest stories with which a model and a test set make sense. */
export const FEWEST_STORIES = 10;
/** Most stories that are told apart, and so the most that a run can use. */
export const MOST_STORIES = 100_000;

export interface StoryOptions {
  readonly format: StoryFormat;
  readonly field?: string | undefined;
}

export interface StorySurvey extends StoryOptions {
  readonly sha256: string;
  /** Different stories. */
  readonly items: number;
  /** Mean length. */
  readonly characters: number;
  readonly said: readonly string[];
}

/**
 * Reads all stories of a place once: how many there are, of what length, and what is none.
 * @param asked the format and the field, where the user says them
 * @throws UserError if they are fewer than {@link FEWEST_STORIES}, or a file cannot be read
 */
export async function surveyStories(
  place: Place,
  asked: { readonly stories?: string | undefined; readonly field?: string | undefined },
  reading: Reading,
): Promise<StorySurvey> {
  const { format, field, because } = await formatOf(place, asked);
  const stream = Streams.ofSeed(0).get(SPLIT);
  const ranks = new LowestRanks(MOST_STORIES, stream);
  let stories = 0;
  let characters = 0;
  let empty = 0;
  const reader = new FileReader(place.files, reading);
  const onLeftOut = () => void empty++;
  for (const file of place.files)
    for await (const story of readStories(reader.chunks(file), file.path, {
      ...{ format, field, onLeftOut },
    })) {
      ranks.add(storyKey(story), stories++);
      characters += story.length;
    }
  keepRanking(rankingKey(place, { format, field }, stream), ranks.items());
  const items = Math.min(stories - ranks.repeated, MOST_STORIES);
  const read = `${place.name}: ${countOf(stories, "story", "stories")} (${because}), ${formatCount(Math.round(characters / Math.max(1, stories)))} characters each on average.`;
  if (items < FEWEST_STORIES)
    throw new UserError(
      `${read.slice(0, -1)}${ranks.repeated > 0 ? `, of which ${ranks.repeated} repeat another` : ""}; at least ${FEWEST_STORIES} different ones are needed. Add some, or say with --stories ${STORY_FORMATS.join("|")} how they are divided.`,
    );
  return {
    ...{ sha256: reader.sha256, format, items },
    ...(field === undefined ? {} : { field }),
    characters: Math.max(1, Math.round(characters / stories)),
    said: [
      read,
      ...(empty > 0 ? [`Left out: ${countOf(empty, "empty piece")}.`] : []),
      ...(ranks.repeated > 0
        ? [`Left out: ${countOf(ranks.repeated, "story", "stories")} like an earlier one.`]
        : []),
      ...(stories > MOST_STORIES
        ? [`Of these a random ${formatCount(MOST_STORIES)} can be used.`]
        : []),
    ],
  };
}

async function formatOf(
  place: Place,
  {
    stories,
    field,
  }: { readonly stories?: string | undefined; readonly field?: string | undefined },
): Promise<Recognised> {
  if (stories !== undefined) {
    const format = STORY_FORMATS.find((name) => name === stories);
    if (!format)
      throw new UserError(
        `There is no way to divide stories "${stories}".${suggestion(stories, STORY_FORMATS)}`,
      );
    if (format !== "jsonl") return { format, because: `divided as asked, ${format}` };
  }
  const largest = place.files.reduce((a, b) => (b.bytes > a.bytes ? b : a));
  const text = await beginningOf(largest.path);
  try {
    return recogniseFormat(text, stories === "jsonl" ? "x.jsonl" : largest.path, field);
  } catch (error) {
    if (place.files.length < MANY_FILES || !(error instanceof UserError)) throw error;
    return { format: "files", because: "each file is one" };
  }
}

async function beginningOf(path: string): Promise<string> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of readChunks(path)) {
    pieces.push(chunk);
    bytes += chunk.length;
    if (bytes >= BEGINNING) break;
  }
  return Buffer.concat(pieces).toString("utf8");
}
