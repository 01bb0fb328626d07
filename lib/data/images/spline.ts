/** Line segments between two given points. */
const SEGMENTS = 6;

/**
 * A smooth polyline through the given points (uniform Catmull–Rom: each tangent is parallel to the
 * line between the two neighbours).
 * @param points x, y, x, y, …; at least two points
 * @returns points of the polyline in the same form, including the given ones
 */
export function smoothLine(points: readonly number[]): Float64Array {
  const spans = points.length / 2 - 1;
  const line = new Float64Array(2 * (spans * SEGMENTS + 1));
  for (let axis = 0; axis < 2; axis++) {
    const at = (i: number) => points[2 * Math.min(Math.max(i, 0), spans) + axis];
    for (let i = 0; i < spans; i++) {
      const [a, b, c, d] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
      for (let k = 0; k < SEGMENTS; k++) {
        const t = k / SEGMENTS;
        line[2 * (i * SEGMENTS + k) + axis] =
          b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
      }
    }
    line[2 * spans * SEGMENTS + axis] = at(spans);
  }
  return line;
}
