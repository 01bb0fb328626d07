/**
 * Mean entropy per image, in nats, of pixels that are 1 with the probability that is their grey value. A
 * model whose pixels are Bernoulli cannot reach a lower cross-entropy, whatever it knows.
 * @param pixels images, one after the other, values 0 … 255
 * @param size values of an image
 */
export function pixelEntropy(pixels: Uint8Array, size: number): number {
  let sum = 0;
  for (const value of pixels) sum += ENTROPY[value];
  return sum / (pixels.length / size);
}

const ENTROPY = Float64Array.from({ length: 256 }, (_, value) => {
  const p = value / 255;
  return p === 0 || p === 1 ? 0 : -p * Math.log(p) - (1 - p) * Math.log(1 - p);
});
