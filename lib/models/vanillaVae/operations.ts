import { sizeOf } from "../../sizeOf";
import type { VanillaVaeConfig } from "./config";
import { network } from "./network";

/** Floating-point operations per image of one forward pass of the encoder and of the decoder. */
export function vanillaVaeOperations(config: VanillaVaeConfig): {
  encoder: number;
  decoder: number;
} {
  const { parameters } = network(config);
  const { side, channels } = config;
  const sum = { encoder: 0, decoder: 0 };
  for (const [name, { shape }] of Object.entries(parameters)) {
    if (!name.endsWith(".weight") || shape.length === 1) continue;
    const isEncoder = /^(encoder|fc)\./.test(name);
    sum[isEncoder ? "encoder" : "decoder"] += 2 * sizeOf(shape) * positionsOf(name);
  }
  return sum;

  /** How often a filter is applied: once per position of the smaller of its two images. */
  function positionsOf(name: string): number {
    const [half, layer] = name.split(".");
    if (half === "fc" || half === "decoder_input") return 1;
    if (half === "final_layer") return (layer === "3" ? side : side / 2) ** 2;
    const halvings = half === "encoder" ? Number(layer) + 1 : channels.length - Number(layer);
    return (side / 2 ** halvings) ** 2;
  }
}
