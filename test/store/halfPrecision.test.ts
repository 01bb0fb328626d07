import assert from "node:assert/strict";
import { test } from "node:test";
import { fromBfloat16, fromFloat16 } from "../../lib/store/halfPrecision";

test("float16 by IEEE 754: one, the largest, the smallest normal and subnormal, zeros, infinities", () => {
  const values: [bits: number, value: number][] = [
    [0x3c00, 1],
    [0xc000, -2],
    [0x7bff, 65504],
    [0x0400, 2 ** -14],
    [0x0001, 2 ** -24],
    [0x83ff, -1023 * 2 ** -24],
    [0x3555, 1365 / 4096],
    [0x0000, 0],
    [0x8000, -0],
    [0x7c00, Number.POSITIVE_INFINITY],
    [0xfc00, Number.NEGATIVE_INFINITY],
    [0x7e00, Number.NaN],
  ];
  const read = fromFloat16(Uint16Array.from(values, ([bits]) => bits));
  assert.deepEqual(
    [...read],
    values.map(([, value]) => value),
  );
});

test("float16: all finite patterns are different numbers that rise with their bits", () => {
  const positive = fromFloat16(Uint16Array.from({ length: 0x7c00 }, (_, bits) => bits));
  for (let bits = 1; bits < positive.length; bits++) assert.ok(positive[bits] > positive[bits - 1]);
  const negative = fromFloat16(Uint16Array.from(positive, (_, bits) => bits | 0x8000));
  assert.deepEqual(
    negative,
    positive.map((x) => -x),
  );
});

test("bfloat16 is the upper half of a float32", () => {
  const bits = Uint16Array.of(0x3f80, 0xc049, 0x0080, 0x0001, 0x7f80, 0x8000, 0x7fc0);
  const widened = fromBfloat16(bits);
  const upper = new Uint16Array(widened.buffer).filter((_, i) => i % 2 === 1);
  assert.deepEqual(upper, bits);
  assert.deepEqual([...widened.subarray(0, 2)], [1, -3.140625]);
});
