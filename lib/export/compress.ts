import { PNG } from "pngjs";

/**
 * The same picture in fewer bytes (a third to two thirds): browsers write PNG files in a hurry,
 * and these are committed. Transparency, of which figures have none, is dropped.
 */
export function compressPng(file: Buffer): Buffer {
  const png = PNG.sync.read(file);
  const smaller = PNG.sync.write(png, {
    colorType: isGrey(png.data) ? 0 : 2,
    inputHasAlpha: true,
    deflateLevel: 9,
    filterType: 4,
  });
  return smaller.length < file.length ? smaller : file;
}

/** @param data [height, width, 4] */
function isGrey(data: Uint8Array): boolean {
  for (let i = 0; i < data.length; i += 4)
    if (data[i] !== data[i + 1] || data[i] !== data[i + 2]) return false;
  return true;
}
