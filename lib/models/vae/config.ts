import { z } from "zod";

/** Shape of a convolutional variational autoencoder. */
export const vaeConfig = z.strictObject({
  height: z.int().positive(),
  width: z.int().positive(),
  /** Colour channels of an image. */
  depth: z.int().positive(),
  /**
   * Channels of the encoder's convolutions, each 3×3 with stride 2; the decoder mirrors them.
   * Paper §5 uses 32-64-128-256-512 on 64×64 faces.
   */
  channels: z.array(z.int().positive()).min(1),
  /** Dimensions k of the Gaussian latent z. */
  latent: z.int().positive(),
});

export type VaeConfig = z.infer<typeof vaeConfig>;
