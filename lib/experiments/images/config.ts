import { z } from "zod";
import { IMAGE_SETS } from "../../data/images/load";
import type { VaeConfig } from "../../models/vae/config";
import { scheduleConfig } from "../../training/schedule";

const data = z.strictObject({
  dataset: z.enum(IMAGE_SETS),
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

/** Another network is one more member here. */
const model = z.discriminatedUnion("family", [vae]);

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
  /** Weight of the KL term; the reported loss always has weight 1. */
  klWeight: z.number().nonnegative().default(1),
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
export const imagesConfig = z.strictObject({
  data,
  model,
  training,
  sampling: sampling.prefault({}),
  evaluation: evaluation.prefault({}),
});

export type ImagesConfig = z.infer<typeof imagesConfig>;

/** Height and width of an image in pixels. */
export const SIDE = 28;

/** Shape of the network that a config asks for. */
export function vaeShape({ model }: Pick<ImagesConfig, "model">): VaeConfig {
  const { latent, channels } = model;
  return { height: SIDE, width: SIDE, depth: 1, channels, latent };
}
