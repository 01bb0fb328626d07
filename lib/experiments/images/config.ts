import { z } from "zod";
import { IMAGE_SET, IMAGE_SETS, type ImageSet, type ImageShape } from "../../data/images/load";
import { PAPER_VANILLA_VAE } from "../../models/vanillaVae/config";
import { scheduleConfig } from "../../training/schedule";

/** Images of the user's own, by their content: where they lie is not part of it. */
const ownImages = z.strictObject({
  /** Of the file's decompressed bytes; of several files, of their checksums. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  height: z.int().positive(),
  width: z.int().positive(),
  channels: z.union([z.literal(1), z.literal(3)]),
});

const data = z.strictObject({
  dataset: z.enum([...IMAGE_SETS, "own"]),
  /** With the data set "own", which images. */
  own: ownImages.optional(),
  /** T, real training images of one round. */
  trainItems: z.int().positive(),
  testItems: z.int().min(2),
});

/** A convolutional variational autoencoder with Bernoulli pixels. */
const vae = z.strictObject({
  family: z.literal("vae"),
  /** Dimensions of the latent. */
  latent: z.int().positive().default(16),
  /** Channels of the encoder's convolutions. */
  channels: z.array(z.int().positive()).min(1).default([32, 64]),
});

/** The published autoencoder, with batch normalisation and squared errors. */
const vanillaVae = z.strictObject({
  family: z.literal("vanilla-vae"),
  /** Dimensions of the latent. */
  latent: z.int().positive().default(PAPER_VANILLA_VAE.latent),
  /** Channels of the encoder's convolutions. */
  channels: z.array(z.int().positive()).min(1).default(PAPER_VANILLA_VAE.channels),
});

/** Another network is one more member here. */
const model = z.discriminatedUnion("family", [vae, vanillaVae]);

const training = z.strictObject({
  /** Passes over the training set, whatever its size: under accumulate the steps grow with n. */
  epochs: z.number().positive(),
  /** Images per step. */
  batchSize: z.int().positive().default(128),
  /** Adam's, at the first step. */
  learningRate: z.number().positive().default(1e-3),
  /**
   * "linear" ends every fit at rate 0, so that models trained for few epochs are not left noisy and
   * a longer fit (accumulate) is not simply a better converged one.
   */
  schedule: scheduleConfig.prefault({ kind: "constant" }),
  /** Weight of the KL term in training; the reported loss has the default: 1, vanilla-vae: 0.00025. */
  klWeight: z.number().nonnegative().optional(),
  /** Whether each training image is mirrored, in every step anew, with probability ½. */
  horizontalFlips: z.boolean().optional(),
  /** Pieces into which a batch is divided, so that as many threads can share it. Default: 1. */
  microBatches: z.int().positive().optional(),
});

const sampling = z.strictObject({
  /** Sampled values: the decoder's mean, as in paper §5, or 0 and 255 drawn from it. */
  pixels: z.enum(["mean", "bernoulli"]).default("mean"),
});

const evaluation = z.strictObject({
  /** Prior samples that variety and sharpness are measured on. */
  priorSamples: z.int().min(2).default(500),
  /** Images of each grid, at most: 12 × 12 as in Figures 6 and 15. */
  gridImages: z.int().positive().default(144),
});

/** One image VAE, its data, how it is trained, sampled and measured. */
export const imagesConfig = z
  .strictObject({
    data,
    model,
    training,
    sampling: sampling.prefault({}),
    evaluation: evaluation.prefault({}),
  })
  .refine(({ data }) => (data.dataset === "own") === (data.own !== undefined), {
    error: 'own describes the images of the data set "own", and of no other',
    path: ["data", "own"],
  })
  .refine(({ data, model }) => model.family !== "vanilla-vae" || halves(data, model.channels), {
    error: "channels must be so many that the image's side can be halved once for each of them.",
    path: ["model", "channels"],
  })
  .refine(({ model, sampling }) => model.family === "vae" || sampling.pixels === "mean", {
    error: 'pixels must be "mean": only the family "vae" has probabilities for pixels.',
    path: ["sampling", "pixels"],
  });

const halves = (given: z.infer<typeof data>, channels: readonly number[]): boolean =>
  imageSetOf(given).shape.height % 2 ** channels.length === 0;

export type ImagesConfig = z.infer<typeof imagesConfig>;

/** Shape of the images of a config. */
export const shapeOf = ({ data }: Pick<ImagesConfig, "data">): ImageShape => imageSetOf(data).shape;

/** What is known of the images of a config before they are read. */
export function imageSetOf({
  dataset,
  own,
}: Pick<ImagesConfig["data"], "dataset" | "own">): ImageSet {
  if (dataset !== "own") return IMAGE_SET[dataset];
  const { height = 1, width = 1, channels = 1 } = own ?? {};
  return { title: "own images", shape: { height, width, channels }, sources: [] };
}
