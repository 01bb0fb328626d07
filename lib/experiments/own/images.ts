import { valuesOf } from "../../data/images/load";
import { chooseImages, type ImageSurvey, surveyImages } from "../../data/own/images";
import { formatCount } from "../../format";
import { withChanges } from "../changes";
import { type ImagesConfig, imagesConfig } from "../images/config";
import { images } from "../images/index";
import type { ImagesPreset } from "../images/preset";
import { PRESETS_OF_IMAGES } from "../images/presets";
import { imageBatches, imagesTask } from "../images/task";
import { MAIN } from "../preset";
import { accumulate, replace, subsample } from "../regimeSpecs";
import type { OwnKind } from "./kind";
import { heldOut, presetsBySize } from "./ladder";

/** Held-out images: a quarter of those for training, within these numbers and a fifth of all. */
const TEST = { least: 50, most: 1000 } as const;
/** Bytes of all images that a run holds in memory. */
const MOST_BYTES = 256e6;

/** Images of one's own: the VAE of the preset `laptop`, trained as `quick` trains. */
export const ownImages: OwnKind<ImageSurvey, ImagesConfig, ImagesPreset> = {
  family: images,
  task: imagesTask,
  version: 2,
  reads: ["size", "grey"],
  survey: surveyImages,

  presets(survey) {
    const { items } = survey;
    const fitting = Math.floor(MOST_BYTES / valuesOf(survey));
    const most = Math.min(items, fitting) - heldOut(items, items, TEST);
    const train = { least: 8, most: Math.max(8, most) };
    return [presetsBySize(items, train, TEST, (sizes) => presetOf(survey, sizes))];
  },

  loadReal:
    (survey, place, reading) =>
    async ({ data }, { streams }) => {
      const counts = { train: data.trainItems, test: data.testItems };
      const { train, test } = await chooseImages(place, survey, counts, streams, reading);
      const size = valuesOf(survey);
      return {
        ...{ train: imageBatches(train, size), test: imageBatches(test, size) },
        items: counts.train + counts.test,
        checksums: { [place.name]: survey.sha256 },
        description: `${place.name} (${formatCount(counts.train)} / ${formatCount(counts.test)})`,
      };
    },
};

function presetOf(
  { sha256, height, width, channels }: ImageSurvey,
  items: { readonly train: number; readonly test: number },
): ImagesPreset {
  const { quick, laptop } = PRESETS_OF_IMAGES;
  const task = imagesConfig.parse(
    withChanges(quick.task, {
      data: {
        ...{ dataset: "own", own: { sha256, height, width, channels } },
        ...{ trainItems: items.train, testItems: items.test },
      },
      model: laptop.task.model,
      // Measured on fewer samples, so that more of the time goes into training.
      evaluation: { priorSamples: 200 },
    }),
  );
  const chains = [{ regimes: [replace, accumulate, subsample], iterations: 4, seeds: 3 }];
  return { task, variants: [{ name: MAIN, label: "VAE", role: "main", changes: {}, chains }] };
}
