import { z } from "zod";
import { IMAGE_SETS } from "../../data/images";
import type { VaeConfig } from "../../models/vae/config";

/** One image VAE and how it is trained; all of it is part of a generation's address. */
export const imagesConfig = z.strictObject({
  dataset: z.enum(IMAGE_SETS),
  /** T, real training images of one round. */
  trainItems: z.int().positive(),
  testItems: z.int().min(2),
  /** Passes over the training set, whatever its size: under accumulate the steps grow with n. */
  epochs: z.int().positive(),
  batch: z.int().positive().default(128),
  /** Parts into which a batch is divided, so that as many threads can share it. Default: 1. */
  shares: z.int().positive().optional(),
  /** Of Adam at the first step. */
  learningRate: z.number().positive().default(1e-3),
  /**
   * "linear": the rate falls to zero over the fit, so that models trained for few epochs are not
   * left noisy and a longer fit (accumulate) is not simply a better-converged one.
   */
  schedule: z.enum(["constant", "linear"]).default("constant"),
  /** Dimensions of the latent. */
  latent: z.int().positive().default(16),
  /** Channels of the encoder's convolutions. */
  channels: z.array(z.int().positive()).min(1).default([32, 64]),
  /** Weight of the KL term in training; the reported loss always has weight 1. */
  klWeight: z.number().nonnegative().default(1),
  /** Sampled grey values: the decoder's mean, as in paper §5, or 0 and 255 drawn from it. */
  pixels: z.enum(["mean", "bernoulli"]).default("mean"),
});

export type ImagesConfig = z.infer<typeof imagesConfig>;

/** Grey images of this side. */
export const SIDE = 28;

export function vaeShape({ latent, channels }: ImagesConfig): VaeConfig {
  return { height: SIDE, width: SIDE, depth: 1, channels, latent };
}
