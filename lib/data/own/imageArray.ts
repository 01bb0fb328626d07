import { createHash } from "node:crypto";
import { UserError } from "../../errors";
import { countOf } from "../../format";
import { decodeNpyHeader } from "../../pool/npy";
import { Streams } from "../../random/streams";
import { type ImageShape, valuesOf } from "../images/load";
import { endingOf, type OwnFile, type Place } from "./files";
import {
  type ChosenImages,
  type ImageOptions,
  type ImageSurvey,
  MOST_IMAGES,
  requireImages,
} from "./images";
import { LowestRanks, SPLIT } from "./lowestRanks";
import { FileReader, type Reading } from "./readFile";

/** Bytes within which every header ends. */
const HEADER = 70_000;
const UNSIGNED_BYTE = 8;
/** Largest side of an image, in pixels. */
const LARGEST = 256;

interface Layout {
  /** Axes, the number of images first. */
  readonly shape: readonly number[];
  /** Bytes before the first image. */
  readonly start: number;
}

/** Reads an array once: how many different images of which shape. */
export async function surveyArray(
  place: Place,
  { size, grey }: ImageOptions,
  reading: Reading,
): Promise<ImageSurvey> {
  const [file] = place.files;
  if (size !== undefined || grey)
    throw new UserError(
      `${file.path} is an array, whose images are taken as they are: leave out --size and --grey, or scale them before.`,
    );
  const reader = new FileReader(place.files, reading);
  const ranks = new LowestRanks(MOST_IMAGES, Streams.ofSeed(0).get(SPLIT));
  let shape: ImageShape | undefined;
  let count = 0;
  for await (const { image, of } of imagesIn(file, reader)) {
    shape ??= of;
    ranks.add(keyOf(image), count++);
  }
  if (!shape) throw new UserError(`${file.path} has no images: its first axis has length 0.`);
  const items = Math.min(count - ranks.repeated, MOST_IMAGES);
  const leftOut =
    ranks.repeated > 0 ? [`Left out: ${countOf(ranks.repeated, "copy", "copies")} of others.`] : [];
  requireImages(items, file.path, leftOut);
  const { height, width, channels } = shape;
  return {
    ...{ sha256: reader.sha256, items, height, width, channels, skipped: [] },
    said: [
      `${place.name}: ${countOf(count, "image")} of ${height} × ${width} ${channels === 1 ? "grey" : "colour"} values.`,
      ...leftOut,
      ...(count > MOST_IMAGES ? [`Of these a random ${MOST_IMAGES} can be used.`] : []),
    ],
  };
}

/** Chooses images by content; they are held in memory, the others are not. @param size values of one */
export async function imagesOfArray(
  place: Place,
  size: number,
  counts: { readonly train: number; readonly test: number },
  streams: Streams,
  reading: Reading,
): Promise<ChosenImages> {
  const [file] = place.files;
  const ranks = new LowestRanks(counts.train + counts.test, streams.get(SPLIT));
  let number = 0;
  for await (const { image } of imagesIn(file, new FileReader(place.files, reading)))
    ranks.add(keyOf(image), number++);
  const at = new Map(ranks.items().map((item, rank) => [item, rank]));
  const chosen = new Uint8Array(at.size * size);
  number = 0;
  for await (const { image } of imagesIn(file, new FileReader(place.files, reading))) {
    const rank = at.get(number++);
    if (rank !== undefined) chosen.set(image, rank * size);
  }
  return {
    test: [chosen.subarray(0, counts.test * size)],
    train: [chosen.subarray(counts.test * size)],
  };
}

const keyOf = (image: Uint8Array): string => createHash("sha256").update(image).digest("base64");

/** The images of an array one after the other; one chunk of the file is held in memory. */
async function* imagesIn(
  file: OwnFile,
  reader: FileReader,
): AsyncGenerator<{ readonly image: Uint8Array; readonly of: ImageShape }, void, undefined> {
  let open: Buffer = Buffer.alloc(0);
  let shape: ImageShape | undefined;
  let size = 0;
  let left = 0;
  const begin = () => {
    const layout = layoutOf(file, open);
    shape = imageShape(layout, file.path);
    size = valuesOf(shape);
    left = layout.shape[0];
    open = open.subarray(layout.start);
  };
  for await (const chunk of reader.chunks(file)) {
    open = Buffer.concat([open, chunk]);
    if (!shape && open.length < HEADER) continue;
    if (!shape) begin();
    let from = 0;
    for (; left > 0 && open.length - from >= size; left--, from += size)
      yield { image: open.subarray(from, from + size), of: shape as unknown as ImageShape };
    open = open.subarray(from);
  }
  // A file that is shorter than a header can be.
  if (!shape) begin();
  for (; left > 0 && open.length >= size; left--) {
    yield { image: open.subarray(0, size), of: shape as unknown as ImageShape };
    open = open.subarray(size);
  }
  if (left > 0 || open.length > 0)
    throw new UserError(
      `${file.path} is ${left > 0 ? "truncated" : "too long"}: its header says ${left > 0 ? `${left} images more than it has` : `${open.length} bytes less`}.`,
    );
}

function layoutOf(file: OwnFile, bytes: Buffer): Layout {
  if (endingOf(file) !== "npy") return idxLayout(bytes, file.path);
  const { dtype, shape, start } = decodeNpyHeader(bytes, file.path);
  if (dtype !== "uint8")
    throw new UserError(
      `${file.path} holds numbers of type ${dtype}; images are bytes from 0 to 255. Save them with .astype(np.uint8).`,
    );
  return { shape, start };
}

function idxLayout(bytes: Buffer, path: string): Layout {
  const axes = bytes[3];
  const start = 4 + 4 * axes;
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0 || bytes[2] !== UNSIGNED_BYTE)
    throw new UserError(`${path} is not an IDX file of unsigned bytes.`);
  if (bytes.length < start)
    throw new UserError(`${path} is truncated: its header takes ${start} bytes.`);
  return { shape: Array.from({ length: axes }, (_, k) => bytes.readUInt32BE(4 + 4 * k)), start };
}

/** @throws UserError unless it is [N, H, W], [N, H, W, 1] or [N, H, W, 3], of sides that can be */
function imageShape({ shape }: Layout, path: string): ImageShape {
  const [, height, width, channels = 1, ...more] = shape;
  const isImages = shape.length >= 3 && more.length === 0 && (channels === 1 || channels === 3);
  if (!isImages)
    throw new UserError(
      `${path} has the shape [${shape.join(", ")}]; images have [N, H, W] or [N, H, W, 3].`,
    );
  if (Math.min(height, width) < 8 || Math.max(height, width) > LARGEST)
    throw new UserError(
      `${path} has images of ${height} × ${width} pixels; sides from 8 to ${LARGEST} are possible. Scale them before.`,
    );
  return { height, width, channels: channels as 1 | 3 };
}
