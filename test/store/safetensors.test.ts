import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { decodeSafetensors, encodeSafetensors } from "../../lib/store/safetensors";
import type { WeightTensor } from "../../lib/store/weights";

const tensor: fc.Arbitrary<WeightTensor> = fc
  .tuple(
    fc.constantFrom(Float32Array, Float64Array, Int32Array, Uint8Array),
    fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 3 }),
  )
  .map(([Constructor, shape]) => {
    const length = shape.reduce((a, b) => a * b, 1);
    return { shape, data: new Constructor(Array.from({ length }, (_, i) => i + 1)) };
  });

test("decode(encode(weights)) gives the same names, shapes, types, numbers and metadata", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ minLength: 1 }), tensor), (weights) => {
      delete weights.__metadata__;
      const back = decodeSafetensors(encodeSafetensors(weights, { step: "7" }), "test");
      assert.deepEqual(back.weights, { ...weights });
      assert.deepEqual(back.metadata, { step: "7" });
    }),
    { examples: [[Object.fromEntries([["__proto__", { shape: [], data: Float32Array.of(1) }]])]] },
  );
});

test("the layout is that of the format: header length, JSON padded to 8, arrays by offset", () => {
  const bytes = encodeSafetensors({
    small: { shape: [1], data: Uint8Array.of(5) },
    wide: { shape: [2], data: Float64Array.of(1, 2) },
  });
  const view = new DataView(bytes.buffer);
  const length = Number(view.getBigUint64(0, true));
  assert.equal(length % 8, 0);
  const header = JSON.parse(Buffer.from(bytes.subarray(8, 8 + length)).toString());
  assert.deepEqual(header.wide, { dtype: "F64", shape: [2], data_offsets: [0, 16] });
  assert.deepEqual(header.small, { dtype: "U8", shape: [1], data_offsets: [16, 17] });
  assert.equal(view.getFloat64(8 + length + 8, true), 2);
});

const sound = encodeSafetensors({ w: { shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) } });

/** The sound file with its header's text changed. */
function withHeader(change: (header: string) => string): Uint8Array {
  const length = Number(new DataView(sound.buffer).getBigUint64(0, true));
  const header = Buffer.from(change(Buffer.from(sound.subarray(8, 8 + length)).toString()));
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(header.length));
  return Buffer.concat([size, header, sound.subarray(8 + length)]);
}

test("every shorter file is refused, with its name", () => {
  for (let length = 0; length < sound.length; length++)
    assert.throws(() => decodeSafetensors(sound.slice(0, length), "w.safetensors"), {
      name: "UserError",
      message: /^w\.safetensors is not a sound safetensors file: /,
    });
});

test("a lying header is refused: wrong shape, unknown dtype, range outside, spare bytes, huge size", () => {
  const cases: [Uint8Array, RegExp][] = [
    [withHeader((h) => h.replace("[2,2]", "[2,3]")), /shape \[2,3\] needs 24 bytes, not 16/],
    [withHeader((h) => h.replace("F32", "F99")), /dtype F99/],
    [withHeader((h) => h.replace("F32", "toString")), /dtype toString/],
    [withHeader((h) => h.replace("[0,16]", "[16,32]")), /ends at byte 32 of 16/],
    [withHeader((h) => h.replace("[2,2]", "[-2,-2]")), /no valid shape/],
    [withHeader((h) => h.slice(1)), /not JSON/],
    [Buffer.concat([sound, Buffer.alloc(3)]), /cover 16 of 19/],
    [Buffer.concat([Buffer.alloc(8, 255), sound]), /header claims/],
    [withHeader(() => '{"a":null}'), /tensor a is not described by an object/],
    [withHeader(() => "[]"), /header is not an object/],
    [withHeader((h) => h.replace('"__metadata__":{}', '"__metadata__":{"step":7}')), /metadata/],
    [
      withHeader((h) =>
        h.replace(/}\s*$/, ',"v":{"dtype":"U8","shape":[4],"data_offsets":[8,12]}}'),
      ),
      /tensor v begins at byte 8, within another one/,
    ],
    [
      withHeader((h) => h.replace("[2,2]", "[2]").replace("[0,16]", "[8,16]")),
      /no tensor covers its data bytes from 0 to 8/,
    ],
  ];
  for (const [bytes, expected] of cases)
    assert.throws(() => decodeSafetensors(bytes, "w.safetensors"), { message: expected });
});
