import { mosaic, type Picture } from "../../../figures/picture";
import type { Row } from "../../experiment";

/** The first `count` pictures of a row of records side by side, `across` in a line. */
export function pictureOf(row: Row, count: number, across: number): Picture {
  const [width, height] = [Number(row.width), Number(row.height)];
  // Records of grey images may say nothing of channels.
  const channels = row.channels === 3 ? 3 : 1;
  const pixels = Buffer.from(String(row.pixels), "base64");
  const shown = pixels.subarray(0, count * width * height * channels);
  return mosaic(shown, { width, height, channels }, across);
}
