import { writeFileSync } from "node:fs";
import * as path from "node:path";
import { UserError } from "../errors";
import { type Picture, toPng } from "../figures/picture";
import { withFileErrors } from "../store/fileErrors";
import { makeParent } from "./makeParent";

/**
 * Writes images as PNG files `000000.png`, `000001.png`, … in a folder.
 * @param pixels [count, height, width, channels] bytes
 * @returns how many there are
 * @throws UserError if the bytes are no whole number of images
 * @example
 * const { train, ...size } = await loadImages("strokes", counts, Streams.ofSeed(0));
 * writeImages("digits", train, size);
 */
export function writeImages(
  folder: string,
  pixels: Uint8Array,
  size: Pick<Picture, "width" | "height" | "channels">,
): number {
  const { width, height, channels } = size;
  const each = width * height * channels;
  const count = pixels.length / each;
  if (!Number.isInteger(count))
    throw new UserError(
      `${pixels.length} bytes are no whole number of ${width} × ${height} images with ${channels} channels.`,
    );
  const digits = Math.max(6, String(count - 1).length);
  for (let i = 0; i < count; i++) {
    const file = path.join(folder, `${String(i).padStart(digits, "0")}.png`);
    if (i === 0) makeParent(file);
    const picture = { width, height, channels, pixels: pixels.subarray(i * each, (i + 1) * each) };
    withFileErrors(file, () => writeFileSync(file, toPng(picture)));
  }
  return count;
}
