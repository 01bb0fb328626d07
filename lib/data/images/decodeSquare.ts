import type { Metadata } from "sharp";
import { loadSharp } from "./sharp";

/** What had to be done to a picture's values, in words. */
export type Conversion = "CMYK" | "16 bits per value" | "transparent, on white";

export interface Decoded {
  /** [size, size, 3] values, red, green and blue; [size, size] grey ones if they are wanted. */
  readonly pixels: Buffer;
  /** Whether it has no colours. */
  readonly grey: boolean;
  readonly conversions: readonly Conversion[];
}

/** Why a picture is left out, in words. */
export interface NotDecoded {
  readonly reason: string;
}

const FORMATS: readonly (string | undefined)[] = ["jpeg", "png", "webp"];

/**
 * The square in the middle of a picture (JPEG, PNG, WebP), upright as its camera says, scaled down. CMYK
 * and 16-bit values become 8-bit ones, and what is transparent white.
 * @param size height and width of the result
 * @param channels 1 drops colours; 3 makes a grey picture a colour one
 * @returns the reason if it is no such picture, animated, damaged or smaller than the result
 */
export async function decodeSquare(
  bytes: Uint8Array,
  size: number,
  channels: 1 | 3 = 3,
): Promise<Decoded | NotDecoded> {
  const sharp = await loadSharp();
  const picture = sharp(bytes);
  let about: Metadata;
  try {
    about = await picture.metadata();
  } catch {
    return { reason: "not pictures, whatever their names say" };
  }
  const { format, width, height, pages = 1 } = about;
  if (!FORMATS.includes(format)) return { reason: "neither JPEG nor PNG nor WebP" };
  if (pages > 1) return { reason: "animated" };
  if (Math.min(width, height) < size) return { reason: `smaller than ${size} × ${size} pixels` };
  try {
    const upright = picture
      .autoOrient()
      .flatten({ background: "#ffffff" })
      .resize(size, size, { fit: "cover", position: "centre" });
    const pixels = await (channels === 1
      ? upright.toColourspace("b-w")
      : upright.toColourspace("srgb")
    )
      .raw({ depth: "uchar" })
      .toBuffer();
    return { pixels, grey: channels === 1 || isGrey(pixels), conversions: conversionsOf(about) };
  } catch {
    return { reason: "damaged" };
  }
}

/** Whether red, green and blue are nearly equal everywhere: grey pictures are often stored as colour ones. */
function isGrey(pixels: Uint8Array): boolean {
  for (let i = 0; i < pixels.length; i += 3) {
    const [red, green, blue] = pixels.subarray(i, i + 3);
    if (Math.max(red, green, blue) - Math.min(red, green, blue) > 2) return false;
  }
  return true;
}

function conversionsOf({ space, depth, hasAlpha }: Metadata): Conversion[] {
  return [
    ...(space === "cmyk" ? (["CMYK"] as const) : []),
    ...(depth === "ushort" ? (["16 bits per value"] as const) : []),
    ...(hasAlpha ? (["transparent, on white"] as const) : []),
  ];
}
