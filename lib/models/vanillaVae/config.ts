import { z } from "zod";

/** Shape of the published convolutional autoencoder (paper §5 and its code base's VanillaVAE). */
export const vanillaVaeConfig = z
  .strictObject({
    /** Height and width of an image; every convolution halves it. */
    side: z.int().positive(),
    /** Colour channels of an image. */
    depth: z.int().positive(),
    /** Channels of the encoder's convolutions; the decoder mirrors them. */
    channels: z.array(z.int().positive()).min(1),
    /** Dimensions k of the Gaussian latent z. */
    latent: z.int().positive(),
  })
  .refine(({ side, channels }) => side % 2 ** channels.length === 0, {
    error: "side must be divisible by 2 once for every convolution.",
    path: ["side"],
  });

export type VanillaVaeConfig = z.infer<typeof vanillaVaeConfig>;

/** The published network: 64 × 64 faces in colour. */
export const PAPER_VANILLA_VAE: VanillaVaeConfig = {
  side: 64,
  depth: 3,
  channels: [32, 64, 128, 256, 512],
  latent: 128,
};
