import { createHash } from "node:crypto";
import { UserError } from "../../errors";
import { countOf, formatCount } from "../../format";
import { Streams } from "../../random/streams";
import { decodeSquare } from "../images/decodeSquare";
import type { OwnFile, Place } from "./files";
import {
  type ChosenImages,
  type ImageOptions,
  type ImageSurvey,
  MOST_IMAGES,
  requireImages,
} from "./images";
import { LowestRanks, SPLIT } from "./lowestRanks";
import { FileReader, type Reading } from "./readFile";

/** Side of an image where the user does not say it. */
const DEFAULT_SIZE = 32;
/** Pictures decoded at once. */
const AT_ONCE = 4;
/** Images handed on at once. */
const CHUNK = 256;

/** Looks at every picture of a place, and decodes it to see whether it can be used. */
export async function surveyPictures(
  place: Place,
  { size = DEFAULT_SIZE, grey }: ImageOptions,
  reading: Reading,
): Promise<ImageSurvey> {
  if (!(Number.isInteger(size) && size >= 8 && size <= 256))
    throw new UserError(`The size must be a whole number of pixels from 8 to 256, not ${size}.`);
  const files = usable(place);
  const ranks = new LowestRanks(files.length, Streams.ofSeed(0).get(SPLIT));
  const reader = new FileReader(files, reading);
  const reasons = new Map<string, string[]>();
  const conversions = new Map<string, number>();
  const skipped: number[] = [];
  const digests: string[] = [];
  let inColour = 0;
  for (let from = 0; from < files.length; from += AT_ONCE) {
    const some = files.slice(from, from + AT_ONCE);
    const read: { readonly bytes: Buffer; readonly sha256: string }[] = [];
    for (const file of some) read.push({ bytes: await reader.bytes(file), sha256: reader.last });
    const decoded = await Promise.all(read.map(({ bytes }) => decodeSquare(bytes, size)));
    for (const [k, picture] of decoded.entries()) {
      if ("reason" in picture) {
        skipped.push(from + k);
        reasons.set(picture.reason, [...(reasons.get(picture.reason) ?? []), some[k].name]);
        continue;
      }
      for (const name of picture.conversions)
        conversions.set(name, (conversions.get(name) ?? 0) + 1);
      digests.push(read[k].sha256);
      if (!ranks.add(read[k].sha256, from + k) && !picture.grey) inColour++;
    }
  }
  const channels = grey || inColour === 0 ? 1 : 3;
  const leftOut = [
    ...[...reasons].map(
      ([reason, names]) =>
        `Left out: ${countOf(names.length, "file")}, ${reason} (first: ${names[0]}).`,
    ),
    ...(ranks.repeated > 0
      ? [`Left out: ${countOf(ranks.repeated, "copy", "copies")} of others.`]
      : []),
  ];
  const items = files.length - skipped.length - ranks.repeated;
  requireImages(items, place.path, leftOut);
  const converted = [...conversions].map(([name, count]) => `${formatCount(count)} ${name}`);
  return {
    // Neither the names nor what is left out counts.
    sha256: createHash("sha256").update(digests.sort().join("\n")).digest("hex"),
    ...{ items, height: size, width: size, channels, skipped },
    said: [
      `${place.name}: ${countOf(items, "picture")}; the square in the middle of each, scaled to ${size} × ${size} ${channels === 1 ? "grey" : "colour"} values.`,
      ...(converted.length > 0 ? [`Converted: ${converted.join("; ")}.`] : []),
      ...leftOut,
      ...(place.files.length > files.length
        ? [
            `Of ${formatCount(place.files.length)} files a random ${formatCount(MOST_IMAGES)} are used.`,
          ]
        : []),
    ],
  };
}

/** The files that are looked at: all, or a random choice by name of very many. */
function usable({ files }: Place): readonly OwnFile[] {
  if (files.length <= MOST_IMAGES) return files;
  const ranks = new LowestRanks(MOST_IMAGES, Streams.ofSeed(0).get(`${SPLIT}-files`));
  for (const [i, { name }] of files.entries()) ranks.add(name, i);
  return ranks
    .items()
    .sort((a, b) => a - b)
    .map((i) => files[i]);
}

/** Chooses pictures by content; they are decoded while they are read. */
export async function picturesOf(
  place: Place,
  { height: size, channels, skipped }: ImageSurvey,
  counts: { readonly train: number; readonly test: number },
  streams: Streams,
  reading: Reading,
): Promise<ChosenImages> {
  const left = new Set(skipped);
  const files = usable(place).filter((_, i) => !left.has(i));
  const ranks = new LowestRanks(counts.train + counts.test, streams.get(SPLIT));
  const reader = new FileReader(files, reading);
  for (const [i, file] of files.entries()) {
    for await (const _ of reader.chunks(file));
    ranks.add(reader.last, i);
  }
  const chosen = ranks.items().map((i) => files[i]);
  const pieces = async function* (some: readonly OwnFile[]) {
    const again = new FileReader(some, reading);
    for (let from = 0; from < some.length; from += CHUNK) {
      const pixels: Buffer[] = [];
      for (const file of some.slice(from, from + CHUNK)) {
        const picture = await decodeSquare(await again.bytes(file), size, channels);
        if ("reason" in picture)
          throw new UserError(
            `${file.path} cannot be read any more (${picture.reason}). Run again.`,
          );
        pixels.push(picture.pixels);
      }
      yield Buffer.concat(pixels);
    }
  };
  return {
    test: pieces(chosen.slice(0, counts.test)),
    train: pieces(chosen.slice(counts.test)),
  };
}
