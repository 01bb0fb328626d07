/** Size of one image; values are stored row by row, the channels of a pixel together. */
export interface ImageSize {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/**
 * Sharpness: the mean absolute difference between horizontal and vertical neighbours, values taken in
 * [0, 1].
 * @param pixels images of this size, one after the other, values 0 … 255
 */
export function meanGradient(pixels: Uint8Array, { height, width, channels }: ImageSize): number {
  const row = width * channels;
  let sum = 0;
  for (let at = 0; at < pixels.length; at++) {
    const within = at % (height * row);
    if (within % row >= channels) sum += Math.abs(pixels[at] - pixels[at - channels]);
    if (within >= row) sum += Math.abs(pixels[at] - pixels[at - row]);
  }
  const images = pixels.length / (height * row);
  const pairs = channels * (height * (width - 1) + (height - 1) * width);
  return sum / 255 / (images * pairs);
}
