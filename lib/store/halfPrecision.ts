/** Numbers of IEEE 754 half precision (1 sign, 5 exponent, 10 mantissa bits), exactly, as float32. */
export function fromFloat16(bits: Uint16Array): Float32Array {
  const table = halves();
  return Float32Array.from(bits, (half) => table[half]);
}

/** Numbers of bfloat16, the upper half of a float32, exactly. */
export function fromBfloat16(bits: Uint16Array): Float32Array {
  const words = Uint32Array.from(bits, (half) => half << 16);
  return new Float32Array(words.buffer);
}

let table: Float32Array | undefined;

/** The value of each of the 65,536 patterns. */
function halves(): Float32Array {
  table ??= Float32Array.from({ length: 1 << 16 }, (_, half) => {
    const sign = half >> 15 === 1 ? -1 : 1;
    const exponent = (half >> 10) & 31;
    const mantissa = half & 1023;
    if (exponent === 0) return sign * mantissa * 2 ** -24;
    if (exponent === 31) return mantissa === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
    return sign * (1 + mantissa / 1024) * 2 ** (exponent - 15);
  });
  return table;
}
