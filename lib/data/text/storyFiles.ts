import { UserError } from "../../errors";
import { openSource } from "../openSource";
import { describeStories, grouped } from "./describe";
import type { LoadOptions, Stories, StoryCounts } from "./loadStories";
import { storiesOf } from "./storiesOf";
import { storyKey } from "./storyKey";
import type { StorySet } from "./tinyStories";

/**
 * The stories of two files, the splits kept apart. One walk through each split counts its stories
 * and compares them; of the validation split 24 bytes a story are kept for that.
 */
export async function storyFiles(
  set: StorySet,
  counts: StoryCounts,
  options: LoadOptions,
): Promise<Stories> {
  const held = await openSource(set.validation, options);
  const real = await openSource(set.train, options);
  const leaveOut = options.overlap === "leave out";
  let empty = 0;
  const onEmpty = () => {
    empty++;
  };

  const keys = new Set<string>();
  let validation = 0;
  for await (const story of first(
    counts.validation,
    storiesOf(held.chunks(), held.path, onEmpty),
  )) {
    keys.add(storyKey(story));
    validation++;
  }
  requireStories(validation, counts.validation, "validation", held.path);

  let overlap = 0;
  let example = "";
  const onShared = (story: string) => {
    if (overlap++ === 0) example = story.slice(0, 60);
  };
  let train = 0;
  const compared = apart(storiesOf(real.chunks(), real.path, onEmpty), keys, leaveOut, onShared);
  for await (const _ of first(counts.train, compared)) train++;
  if (overlap > 0 && !leaveOut)
    throw new UserError(
      `${grouped(overlap)} of the ${grouped(train)} training stories in ${real.path} are also ` +
        `among the ${grouped(validation)} validation stories in ${held.path}, the first being ` +
        `"${example}…": the validation loss would be too low. Take them out, or set ` +
        'overlap: "leave out" in the config.',
    );
  requireStories(train, counts.train, "training", real.path);

  const notes: string[] = [];
  if (empty > 0) notes.push(`${grouped(empty)} empty passed over`);
  if (overlap > 0) notes.push(`${grouped(overlap)} left out of training that are held out too`);
  if (!held.verified || !real.verified) notes.push("checksums as seen, not known beforehand");
  return {
    train: () => {
      const stories = storiesOf(real.chunks(), real.path);
      return first(counts.train, overlap > 0 ? apart(stories, keys, true) : stories);
    },
    validation: () => first(counts.validation, storiesOf(held.chunks(), held.path)),
    counts: { train, validation },
    checksums: { [set.train.file]: real.sha256, [set.validation.file]: held.sha256 },
    description: describeStories(set.name, { train, validation }, notes),
  };
}

async function* first(
  count: number | "all",
  stories: AsyncIterable<string>,
): AsyncGenerator<string, void, undefined> {
  let left = count === "all" ? Number.POSITIVE_INFINITY : count;
  for await (const story of stories) {
    yield story;
    if (--left === 0) return;
  }
}

/** Tells which stories have one of the keys, and leaves these out if that is wanted. */
async function* apart(
  stories: AsyncIterable<string>,
  keys: ReadonlySet<string>,
  leaveOut: boolean,
  onShared: (story: string) => void = () => {},
): AsyncGenerator<string, void, undefined> {
  for await (const story of stories) {
    const shared = keys.has(storyKey(story));
    if (shared) onShared(story);
    if (!(shared && leaveOut)) yield story;
  }
}

function requireStories(found: number, wanted: number | "all", split: string, path: string): void {
  if (found === 0)
    throw new UserError(`The ${split} split is empty: ${path} has no story in it. Fetch it again.`);
  if (wanted !== "all" && found < wanted)
    throw new UserError(
      `${path} has ${grouped(found)} ${split} stories; ${grouped(wanted)} were asked for.`,
    );
}
