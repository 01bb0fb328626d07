/**
 * Draws a polyline with a round pen, antialiased; where ink overlaps, the darkest counts.
 * @param line x, y, x, y, … in pixels; pixel centres have integer coordinates
 * @param radius half the pen's width in pixels
 * @param pressure factor on the radius at a fraction 0 … 1 of the line
 * @param target size × size grey values, 0 background … 255 ink
 */
export function renderPen(
  line: Float64Array,
  radius: number,
  pressure: (fraction: number) => number,
  target: Uint8Array,
  size: number,
): void {
  const pieces = line.length / 2 - 1;
  for (let k = 0; k < pieces; k++) {
    const x0 = line[2 * k];
    const y0 = line[2 * k + 1];
    const dx = line[2 * k + 2] - x0;
    const dy = line[2 * k + 3] - y0;
    const square = dx * dx + dy * dy;
    // Ink falls from full to none over one pixel around the pen's edge.
    const outer = radius * pressure(k / pieces) + 0.5;
    const left = Math.max(0, Math.ceil(Math.min(x0, x0 + dx) - outer));
    const right = Math.min(size - 1, Math.floor(Math.max(x0, x0 + dx) + outer));
    const top = Math.max(0, Math.ceil(Math.min(y0, y0 + dy) - outer));
    const bottom = Math.min(size - 1, Math.floor(Math.max(y0, y0 + dy) + outer));
    for (let y = top; y <= bottom; y++) {
      for (let x = left; x <= right; x++) {
        const along = square > 0 ? ((x - x0) * dx + (y - y0) * dy) / square : 0;
        const t = Math.min(1, Math.max(0, along));
        const u = x - x0 - t * dx;
        const v = y - y0 - t * dy;
        const ink = Math.min(1, outer - Math.sqrt(u * u + v * v));
        const grey = Math.round(255 * ink);
        if (grey > target[y * size + x]) target[y * size + x] = grey;
      }
    }
  }
}
