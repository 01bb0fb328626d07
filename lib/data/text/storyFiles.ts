import { basename } from "node:path";
import { UserError } from "../../errors";
import { formatCount } from "../../format";
import { type OnRead, type OpenSource, openSource } from "../openSource";
import { describeStories } from "./describe";
import type { LoadOptions, Stories, StoryCounts } from "./stories";
import { storiesOf } from "./storiesOf";
import { storyKey } from "./storyKey";
import type { StorySet } from "./tinyStories";

/**
 * Stories of two files, one for each split. A first pass over each split counts the stories and
 * checks for overlap; it keeps 24 bytes per validation story.
 */
export async function storyFiles(
  set: StorySet,
  counts: StoryCounts,
  options: LoadOptions,
): Promise<Stories> {
  const heldOut = await openSource(set.validation, options);
  const training = await openSource(set.train, options);
  const leaveOut = options.overlap === "leave out";
  let empty = 0;
  const onEmpty = () => {
    empty++;
  };
  const counted = (source: OpenSource) => {
    const onRead: OnRead = (done, total) => options.onRead?.(basename(source.path), done, total);
    return storiesOf(source.chunks(onRead), source.path, onEmpty);
  };

  const keys = new Set<string>();
  let validation = 0;
  for await (const story of take(counts.validation, counted(heldOut))) {
    keys.add(storyKey(story));
    validation++;
  }
  requireStories(validation, counts.validation, "validation", heldOut.path);

  let overlap = 0;
  let example = "";
  const onShared = (story: string) => {
    if (overlap++ === 0) example = story.slice(0, 60);
  };
  let train = 0;
  const checked = checkOverlap(counted(training), keys, leaveOut, onShared);
  for await (const _ of take(counts.train, checked)) train++;
  if (overlap > 0 && !leaveOut)
    throw new UserError(
      `${formatCount(overlap)} of the ${formatCount(train)} training stories in ${training.path} are also ` +
        `among the ${formatCount(validation)} validation stories in ${heldOut.path}, the first being ` +
        `"${example}…", which would make the validation loss too low. Remove them, or set ` +
        'data.overlap to "leave out".',
    );
  requireStories(train, counts.train, "training", training.path);

  const notes: string[] = [];
  if (empty > 0) notes.push(`${formatCount(empty)} empty stories skipped`);
  if (overlap > 0)
    notes.push(`${formatCount(overlap)} training stories left out because they are held out too`);
  if (!heldOut.verified || !training.verified) notes.push("checksums unverified");
  return {
    train: () => {
      const stories = storiesOf(training.chunks(), training.path);
      return take(counts.train, overlap > 0 ? checkOverlap(stories, keys, true) : stories);
    },
    validation: () => take(counts.validation, storiesOf(heldOut.chunks(), heldOut.path)),
    counts: { train, validation },
    checksums: { [set.train.file]: training.sha256, [set.validation.file]: heldOut.sha256 },
    description: describeStories(set.name, { train, validation }, notes),
  };
}

async function* take(
  count: number | "all",
  stories: AsyncIterable<string>,
): AsyncGenerator<string, void, undefined> {
  let left = count === "all" ? Number.POSITIVE_INFINITY : count;
  for await (const story of stories) {
    yield story;
    if (--left === 0) return;
  }
}

/** Reports the stories that have one of the keys, and drops them if `leaveOut`. */
async function* checkOverlap(
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

function requireStories(
  available: number,
  count: number | "all",
  split: string,
  path: string,
): void {
  if (available === 0)
    throw new UserError(
      `The ${split} split is empty: ${path} contains no stories. Fetch it again.`,
    );
  if (count !== "all" && available < count)
    throw new UserError(
      `${path} has ${formatCount(available)} ${split} stories; ${formatCount(count)} were requested.`,
    );
}
