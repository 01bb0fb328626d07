import type { VaeConfig } from "./config";
import { network } from "./network";

/** Floating-point operations per image of one forward pass of the encoder and of the decoder. */
export function vaeOperations(config: VaeConfig): { encoder: number; decoder: number } {
  const { parameters } = network(config);
  const sum = { encoder: 0, decoder: 0 };
  const { height, width, channels } = config;
  for (const [name, { shape }] of Object.entries(parameters)) {
    if (!name.endsWith(".weight")) continue;
    const [half, layer] = name.split(".");
    const weights = shape.reduce((a, b) => a * b, 1);
    // A filter is applied once per position of the smaller of its two images.
    const halvings = half === "encoder" ? Number(layer) + 1 : channels.length - Number(layer);
    const positions =
      shape.length === 4 ? Math.ceil(height / 2 ** halvings) * Math.ceil(width / 2 ** halvings) : 1;
    sum[half === "encoder" || half === "fc" ? "encoder" : "decoder"] += 2 * weights * positions;
  }
  return sum;
}
