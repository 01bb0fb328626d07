import { readFile } from "node:fs/promises";
import { messageOf, UserError } from "../../errors";
import { loadSharp } from "./sharp";

/**
 * The square in the middle of a picture file (JPEG, PNG, WebP), scaled: [size, size, 3] values, red,
 * green and blue. Grey and CMYK pictures become colour ones; transparency is dropped.
 * @param crop side of the square in pixels of the file
 * @param size side of the result
 * @throws UserError if the file is no such picture, is animated, or is smaller than the square
 */
export async function decodeImage(file: string, crop: number, size: number): Promise<Buffer> {
  const sharp = await loadSharp();
  // Read at once: sharp would open a file for its header and again for its pixels.
  const picture = sharp(await contentOf(file));
  let about: Awaited<ReturnType<typeof picture.metadata>>;
  try {
    about = await picture.metadata();
  } catch (error) {
    throw unreadable(file, error);
  }
  const { width, height, pages = 1 } = about;
  if (pages > 1) throw new UserError(`${file} is animated (${pages} pictures). Leave it out.`);
  if (width < crop || height < crop)
    throw new UserError(
      `${file} has ${width} × ${height} pixels; at least ${crop} × ${crop} are needed.`,
    );
  const [left, top] = [width, height].map((side) => Math.round((side - crop) / 2));
  try {
    return await picture
      .extract({ left, top, width: crop, height: crop })
      .resize(size, size, { kernel: "linear" })
      .toColourspace("srgb")
      .removeAlpha()
      .raw({ depth: "uchar" })
      .toBuffer();
  } catch (error) {
    throw unreadable(file, error);
  }
}

async function contentOf(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    throw unreadable(file, error);
  }
}

const unreadable = (file: string, error: unknown): UserError =>
  new UserError(
    `${file} is not a picture that can be read: ${messageOf(error).replace(/\.$/, "")}.`,
  );
