import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { UserError } from "../../errors";
import { formatCount } from "../../format";
import { findSource, type SourceFile, type SourceOptions } from "../source";
import { decodeImage } from "./decode";

/** Height and width of an image after cropping and scaling, in pixels. */
export const CELEBA_SIZE = 64;
/** Side of the square in the middle of a picture that is kept, as in the paper's code base. */
const CROP = 148;

/** Faces decoded before the first of them is handed on. */
const CHUNK = 256;

const FOLDER = "img_align_celeba";

/** The official division (Liu et al. 2015): "000001.jpg 0", 0 = train, 1 = validation, 2 = test. */
export const CELEBA_LIST: SourceFile = {
  set: "celeba",
  file: "list_eval_partition.txt",
  addresses: [],
};
const NUMBERS = { train: "0", test: "2" } as const;

/**
 * The first faces of one split of CelebA, cropped to 148 × 148 and scaled to 64 × 64: pieces of
 * [n, 64, 64, 3] values. The folder has the aligned and cropped pictures, `img_align_celeba`, and the
 * official list beside it; nothing is downloaded.
 * @throws UserError if the list or a picture is missing or cannot be read, or for more faces than there are
 */
export async function* celebAImages(
  split: "train" | "test",
  items: number,
  options: SourceOptions = {},
): AsyncGenerator<Uint8Array, void, undefined> {
  const list = findSource(CELEBA_LIST, options);
  if (!list)
    throw new UserError(
      `CelebA is not here: put ${CELEBA_LIST.file} and the folder ${FOLDER} into .cache/data/celeba, or into the folder celeba of a directory that COLLAPSE_LAB_DATA names (see data/README.md).`,
    );
  options.onUnknown?.(CELEBA_LIST, list);
  const folder = join(dirname(list), FOLDER);
  const names = namesIn(readFileSync(list, "utf8"), split, list);
  if (items > names.length)
    throw new UserError(
      `CelebA has ${formatCount(names.length)} ${split === "train" ? "training" : "test"} images; ${formatCount(items)} were asked for.`,
    );
  for (let from = 0; from < items; from += CHUNK) {
    options.signal?.throwIfAborted();
    const files = names
      .slice(from, Math.min(from + CHUNK, items))
      .map((name) => join(folder, name));
    const missing = files.find((file) => !existsSync(file));
    if (missing)
      throw new UserError(`${missing} is missing, though ${list} names it. Unpack CelebA again.`);
    yield Buffer.concat(
      await Promise.all(files.map((file) => decodeImage(file, CROP, CELEBA_SIZE))),
    );
  }
}

function namesIn(text: string, split: keyof typeof NUMBERS, list: string): string[] {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  return lines.flatMap((line, i) => {
    const match = /^(\w+\.jpg)\s+([012])\s*$/.exec(line);
    if (!match)
      throw new UserError(
        `Line ${i + 1} of ${list} is "${line}", not a file name and 0, 1 or 2, as in "000001.jpg 0".`,
      );
    return match[2] === NUMBERS[split] ? [match[1]] : [];
  });
}
