import type { Stream } from "../../random/stream";
import { GLYPHS } from "./glyphs";
import { renderPen } from "./pen";
import { smoothLine } from "./spline";

/** Height and width of an image, in pixels. */
export const STROKES_SIZE = 28;
/** Height of an undeformed digit, in pixels: as large as MNIST's within the same frame. */
const DIGIT_HEIGHT = 19;
const DIGIT_WIDTH = 14;

/** Digits that look handwritten. Image i depends only on the stream and i. */
export interface StrokeDigits {
  /** count × 28 × 28 grey values, 0 background … 255 ink. */
  readonly images: Uint8Array;
  /** The digit 0 … 9 of each image. */
  readonly labels: Uint8Array;
}

/**
 * Draws digits with a pen along deformed strokes, as an offline substitute for MNIST. The digit and its
 * outline are uniform; slant, size, position, bending and pen width vary as in handwriting.
 */
export function strokeDigits(count: number, stream: Stream): StrokeDigits {
  const pixels = STROKES_SIZE * STROKES_SIZE;
  const images = new Uint8Array(count * pixels);
  const labels = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const item = stream.at(i);
    labels[i] = item.integer(10);
    draw(labels[i], item, images.subarray(i * pixels, (i + 1) * pixels));
  }
  return { images, labels };
}

function draw(digit: number, stream: Stream, target: Uint8Array): void {
  const outlines = GLYPHS[digit];
  const glyph = outlines[stream.integer(outlines.length)];
  const bend = elasticDeformation(stream);
  const toPixels = randomPlacement(stream);
  const radius = 0.75 + 0.75 * stream.uniform();
  for (const stroke of glyph) {
    const points = smoothLine(stroke);
    for (let k = 0; k < points.length; k += 2) {
      const [x, y] = toPixels(...bend(points[k], points[k + 1]));
      points[k] = x;
      points[k + 1] = y;
    }
    renderPen(points, radius, pressure(stream), target, STROKES_SIZE);
  }
}

type Map2 = (x: number, y: number) => [number, number];

/** A smooth random displacement of the unit square, like the elastic deformation of a sheet. */
function elasticDeformation(stream: Stream): Map2 {
  const waves = Array.from({ length: 3 }, () => ({
    kx: 5 * stream.normal(),
    ky: 4 * stream.normal(),
    phase: 2 * Math.PI * stream.uniform(),
    ax: 0.035 * stream.normal(),
    ay: 0.03 * stream.normal(),
  }));
  return (x, y) => {
    let dx = 0;
    let dy = 0;
    for (const { kx, ky, phase, ax, ay } of waves) {
      const s = Math.sin(kx * x + ky * y + phase);
      dx += ax * s;
      dy += ay * s;
    }
    return [x + dx, y + dy];
  };
}

/** Unit square → pixels: random size, slant, rotation and position. */
function randomPlacement(stream: Stream): Map2 {
  const width = DIGIT_WIDTH * Math.exp(0.13 * stream.normal());
  const height = DIGIT_HEIGHT * Math.min(1.15, Math.exp(0.08 * stream.normal()));
  const slant = 0.12 + 0.18 * stream.normal();
  const angle = 0.09 * stream.normal();
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const middle = (STROKES_SIZE - 1) / 2;
  const left = middle + 0.8 * stream.normal();
  const top = middle + 0.8 * stream.normal();
  return (x, y) => {
    const v = (y - 0.5) * height;
    const u = (x - 0.5) * width - slant * v;
    return [left + cos * u - sin * v, top + sin * u + cos * v];
  };
}

/** Relative pen width, about 1, at each fraction 0 … 1 of a stroke. */
function pressure(stream: Stream): (fraction: number) => number {
  const swing = 0.22 * stream.uniform();
  const phase = 2 * Math.PI * stream.uniform();
  return (fraction) => 1 + swing * Math.sin(4 * fraction + phase);
}
