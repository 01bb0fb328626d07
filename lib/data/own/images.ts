import { UserError } from "../../errors";
import type { Streams } from "../../random/streams";
import type { ImageShape } from "../images/load";
import { valuesOf } from "../images/load";
import { endingOf, type Place } from "./files";
import { imagesOfArray, surveyArray } from "./imageArray";
import { picturesOf, surveyPictures } from "./pictures";
import type { Reading } from "./readFile";

/** Fewest images with which a model and a test set make sense. */
export const FEWEST_IMAGES = 10;
/** Most images that are told apart, and so the most that a run can use. */
export const MOST_IMAGES = 20_000;

export interface ImageSurvey extends ImageShape {
  readonly sha256: string;
  /** Different images. */
  readonly items: number;
  readonly said: readonly string[];
  /** Numbers of the files that are not used. */
  readonly skipped: readonly number[];
}

export interface ImageOptions {
  readonly size?: number | undefined;
  readonly grey?: boolean | undefined;
}

/** Whether a place is one array of images instead of pictures. @throws UserError if it is both, or several */
function isArray({ files, path }: Place): boolean {
  const arrays = files.filter((file) => ["npy", "idx"].includes(endingOf(file)));
  if (arrays.length > 0 && files.length > 1)
    throw new UserError(
      `The folder ${path} has ${arrays.length} arrays of images among ${files.length} files. Name the one array to use.`,
    );
  return arrays.length > 0;
}

/**
 * Reads all images of a place once: a folder of pictures (JPEG, PNG, WebP), or one array of bytes,
 * [N, H, W] or [N, H, W, 3], as .npy or IDX.
 * @throws UserError if there are fewer than {@link FEWEST_IMAGES}, with the reasons
 */
export async function surveyImages(
  place: Place,
  options: ImageOptions,
  reading: Reading,
): Promise<ImageSurvey> {
  return isArray(place)
    ? surveyArray(place, options, reading)
    : surveyPictures(place, options, reading);
}

/** Pieces of whole images, [n, height, width, channels] values. */
export interface ChosenImages {
  readonly test: Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
  readonly train: Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

/** Chooses different images at random and divides them. @throws UserError if they are fewer */
export async function chooseImages(
  place: Place,
  survey: ImageSurvey,
  counts: { readonly train: number; readonly test: number },
  streams: Streams,
  reading: Reading,
): Promise<ChosenImages> {
  return isArray(place)
    ? imagesOfArray(place, valuesOf(survey), counts, streams, reading)
    : picturesOf(place, survey, counts, streams, reading);
}

/** @throws UserError, with what was left out, if the images are too few */
export function requireImages(items: number, path: string, leftOut: readonly string[]): void {
  if (items < FEWEST_IMAGES)
    throw new UserError(
      `${path} has ${items} different images that can be used; at least ${FEWEST_IMAGES} are needed.${leftOut.length > 0 ? ` ${leftOut.join(" ")}` : ""}`,
    );
}
