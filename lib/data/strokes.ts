import type { Stream } from "../random/stream";
import { GLYPHS } from "./glyphs";
import { renderPen } from "./pen";
import { throughPoints } from "./spline";

/** Height and width of an image, in pixels. */
export const STROKES_SIZE = 28;
/** Height of an undeformed digit, in pixels: as large as MNIST's within the same frame. */
const DIGIT_HEIGHT = 19;
const DIGIT_WIDTH = 14;

/** Handwriting-like digits. Image i depends on the stream and i alone. */
export interface StrokeDigits {
  /** count × 28 × 28 grey values, 0 background … 255 ink. */
  readonly images: Uint8Array;
  /** The digit 0 … 9 of each image. */
  readonly labels: Uint8Array;
}

/**
 * Digits drawn with a pen along deformed strokes: the offline stand-in for MNIST. Digit and way of
 * writing it are uniform; slant, size, place, bending and pen width vary as in handwriting.
 */
export function strokeDigits(count: number, stream: Stream): StrokeDigits {
  const pixels = STROKES_SIZE * STROKES_SIZE;
  const images = new Uint8Array(count * pixels);
  const labels = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const own = stream.at(i);
    labels[i] = own.integer(10);
    draw(labels[i], own, images.subarray(i * pixels, (i + 1) * pixels));
  }
  return { images, labels };
}

function draw(digit: number, stream: Stream, target: Uint8Array): void {
  const ways = GLYPHS[digit];
  const glyph = ways[stream.integer(ways.length)];
  const bend = bending(stream);
  const place = handwriting(stream);
  const radius = 0.75 + 0.75 * stream.uniform();
  for (const stroke of glyph) {
    const points = throughPoints(stroke);
    for (let k = 0; k < points.length; k += 2) {
      const [x, y] = place(...bend(points[k], points[k + 1]));
      points[k] = x;
      points[k + 1] = y;
    }
    renderPen(points, radius, pressure(stream), target, STROKES_SIZE);
  }
}

type Map2 = (x: number, y: number) => [number, number];

/** A smooth random displacement of the unit square: the elastic deformation of a sheet. */
function bending(stream: Stream): Map2 {
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

/** Unit square → pixels: random size, slant, rotation and place. */
function handwriting(stream: Stream): Map2 {
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

/** How hard the pen presses at each share of a stroke: relative width, about 1. */
function pressure(stream: Stream): (share: number) => number {
  const swing = 0.22 * stream.uniform();
  const phase = 2 * Math.PI * stream.uniform();
  return (share) => 1 + swing * Math.sin(4 * share + phase);
}
