import { PNG } from "pngjs";
import { UserError } from "../errors";

/** A picture of bytes 0 … 255: rows from the top, pixels from the left, channels last. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** 1 = grey, 3 = red, green, blue. */
  readonly channels: 1 | 3;
  /** [height, width, channels] */
  readonly pixels: Uint8Array;
}

/**
 * Pictures of one size side by side in rows, with a white line between: a grid of samples as one
 * picture (the 12 × 12 grids of Figs 6 and 15).
 * @param pixels [count, height, width, channels]
 */
export function mosaic(
  pixels: Uint8Array,
  size: Pick<Picture, "width" | "height" | "channels">,
  columns: number,
  gap = 1,
): Picture {
  const { width, height, channels } = size;
  const count = pixels.length / (width * height * channels);
  if (!Number.isInteger(count) || count === 0)
    throw new UserError(
      `${pixels.length} bytes are no whole number of ${width} × ${height} pictures with ${channels} channels.`,
    );
  const across = Math.min(columns, count);
  const total = across * (width + gap) - gap;
  const rows = Math.ceil(count / across);
  const out = new Uint8Array(total * (rows * (height + gap) - gap) * channels).fill(255);
  for (let i = 0; i < count; i++) {
    const left = (i % across) * (width + gap);
    const top = Math.floor(i / across) * (height + gap);
    for (let y = 0; y < height; y++) {
      const from = (i * height + y) * width * channels;
      out.set(
        pixels.subarray(from, from + width * channels),
        ((top + y) * total + left) * channels,
      );
    }
  }
  return { width: total, height: rows * (height + gap) - gap, channels, pixels: out };
}

/** A PNG file; `scale` repeats pixels, so that browsers do not blur them when they enlarge. */
export function toPng(picture: Picture, scale = 1): Buffer {
  const { width, height, channels, pixels } = picture;
  if (pixels.length !== width * height * channels)
    throw new UserError(
      `A ${width} × ${height} picture with ${channels} channels has ${width * height * channels} bytes, not ${pixels.length}.`,
    );
  const png = new PNG({ width: width * scale, height: height * scale, colorType: 2 });
  for (let y = 0; y < png.height; y++) {
    for (let x = 0; x < png.width; x++) {
      const from = (Math.floor(y / scale) * width + Math.floor(x / scale)) * channels;
      const to = (y * png.width + x) * 4;
      for (let c = 0; c < 3; c++) png.data[to + c] = pixels[from + (channels === 3 ? c : 0)];
      png.data[to + 3] = 255;
    }
  }
  return PNG.sync.write(png, { colorType: channels === 3 ? 2 : 0, inputHasAlpha: true });
}
