import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import sharp from "sharp";
import { openPlace } from "../../../lib/data/own/files";
import { chooseImages, surveyImages } from "../../../lib/data/own/images";
import { npyHeader } from "../../../lib/pool/npy";
import { Streams } from "../../../lib/random/streams";
import { fileOf, folderOf, READING } from "./support";

/** A picture of one colour, which tells which it is. */
const plain = (red: number, width = 40, height = 32) =>
  sharp({ create: { width, height, channels: 3, background: { r: red, g: 100, b: 50 } } });
const grey = (value: number) =>
  sharp({
    create: { width: 40, height: 32, channels: 3, background: { r: value, g: value, b: value } },
  })
    .toColourspace("b-w")
    .png()
    .toBuffer();

async function pictures(count: number, of: (i: number) => Promise<Buffer>) {
  const bytes = await Promise.all(Array.from({ length: count }, (_, i) => of(10 * i)));
  return Object.fromEntries(bytes.map((one, i) => [`p${i}.png`, one]));
}

const survey = (given: string, options = {}) => surveyImages(openPlace(given), options, READING);
const choose = async (given: string, train: number, test: number, options = {}) => {
  const found = await survey(given, options);
  const streams = Streams.ofSeed(0);
  const chosen = await chooseImages(openPlace(given), found, { train, test }, streams, READING);
  const collect = async (pieces: typeof chosen.train) => {
    const all: Uint8Array[] = [];
    for await (const piece of pieces) all.push(piece);
    return Buffer.concat(all);
  };
  return { train: await collect(chosen.train), test: await collect(chosen.test) };
};

test("a folder of pictures becomes squares of 32 × 32 colour values, divided by content", async () => {
  const folder = folderOf(await pictures(12, (red) => plain(red).png().toBuffer()));
  const found = await survey(folder);
  assert.deepEqual([found.items, found.height, found.width, found.channels], [12, 32, 32, 3]);
  const { train, test: held } = await choose(folder, 9, 3);
  assert.deepEqual([train.length, held.length], [9 * 3072, 3 * 3072]);
  const reds = [...Array(9).keys()].map((i) => train[3072 * i]);
  const heldReds = [0, 1, 2].map((i) => held[3072 * i]);
  assert.deepEqual(
    [...reds, ...heldReds].sort((a, b) => a - b),
    Array.from({ length: 12 }, (_, i) => 10 * i),
  );
  assert.deepEqual([...train.subarray(1, 3)], [100, 50]);
  assert.deepEqual(await choose(folder, 9, 3), { train, test: held });
});

test("grey pictures stay grey, --grey makes them so, and --size scales", async () => {
  assert.equal((await survey(folderOf(await pictures(10, grey)))).channels, 1);
  const folder = folderOf(await pictures(10, (red) => plain(red).jpeg().toBuffer()));
  const small = await survey(folder, { grey: true, size: 16 });
  assert.deepEqual([small.channels, small.height], [1, 16]);
  assert.equal((await choose(folder, 8, 2, { grey: true, size: 16 })).train.length, 8 * 256);
});

test("CMYK, 16 bits and transparency are converted, and the sentence counts them", async () => {
  const folder = folderOf({
    ...(await pictures(10, (red) => plain(red).png().toBuffer())),
    "cmyk.jpg": await plain(7).toColourspace("cmyk").jpeg().toBuffer(),
    "deep.png": await plain(17).toColourspace("rgb16").png().toBuffer(),
    "clear.png": await sharp({
      create: { width: 32, height: 32, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    })
      .png()
      .toBuffer(),
  });
  const { items, said } = await survey(folder);
  assert.equal(items, 13);
  assert.equal(said[1], "Converted: 1 transparent, on white; 1 CMYK; 1 16 bits per value.");
  const { train, test: held } = await choose(folder, 11, 2);
  const values = Buffer.concat([train, held]);
  const first = Array.from({ length: 13 }, (_, i) => values[3072 * i]).sort((a, b) => a - b);
  // The transparent one is white; 16 bits lose nothing that was not in 8.
  assert.equal(first.at(-1), 255);
  assert.ok(first.includes(17));
});

test("what is no picture is left out with the reason, and copies are", async () => {
  const some = await pictures(10, (red) => plain(red).webp({ lossless: true }).toBuffer());
  // Two frames of 40 × 32 pixels, one below the other.
  const frames = Buffer.from(Array.from({ length: 2 * 40 * 32 * 3 }, (_, i) => (i * i) % 251));
  const animated = await sharp(frames, {
    raw: { width: 40, height: 64, channels: 3, pageHeight: 32 },
  })
    .webp({ loop: 0, delay: [100, 100] })
    .toBuffer();
  const still = sharp(frames, { raw: { width: 40, height: 64, channels: 3 } });
  const folder = folderOf({
    ...some,
    "copy.png": some["p3.png"],
    "text.jpg": "this is text",
    "small.png": await plain(3, 20, 20).png().toBuffer(),
    "cut.png": (await still.png().toBuffer()).subarray(0, -300),
    "moving.webp": animated,
    "gif.png": await plain(4).gif().toBuffer(),
  });
  const { items, said } = await survey(folder);
  const text = said.join("\n");
  assert.equal(items, 10, text);
  for (const reason of [
    /Left out: 1 file, not pictures, whatever their names say \(first: text\.jpg\)\./,
    /1 file, smaller than 32 × 32 pixels \(first: small\.png\)/,
    /1 file, animated \(first: moving\.webp\)/,
    /1 file, neither JPEG nor PNG nor WebP \(first: gif\.png\)/,
    /1 file, damaged \(first: cut\.png\)/,
    /1 copy of others/,
  ])
    assert.match(text, reason);
});

const bytes = (count: number, size: number) =>
  Uint8Array.from({ length: count * size }, (_, i) => (Math.floor(i / size) * 7 + i) % 256);
const npy = (axes: readonly number[], count = 12) => {
  const size = axes.reduce((a, b) => a * b, 1);
  return Buffer.concat([npyHeader("uint8", count, axes), bytes(count, size)]);
};
const idx = (shape: readonly number[]) => {
  const header = Buffer.alloc(4 + 4 * shape.length);
  header.writeUInt32BE((8 << 8) | shape.length, 0);
  for (const [k, length] of shape.entries()) header.writeUInt32BE(length, 4 + 4 * k);
  return Buffer.concat([
    header,
    bytes(
      shape[0],
      shape.slice(1).reduce((a, b) => a * b, 1),
    ),
  ]);
};

test("an array of bytes: .npy or IDX, grey or colour, packed or not, every image as it is", async () => {
  const cases: [string, Uint8Array, number, number, number][] = [
    ["a.npy", npy([8, 12]), 8, 12, 1],
    ["a.npy", npy([8, 8, 3]), 8, 8, 3],
    ["a.npy", npy([8, 8, 1]), 8, 8, 1],
    ["a-images-idx3-ubyte", idx([12, 9, 8]), 9, 8, 1],
    ["a-idx3-ubyte.gz", gzipSync(idx([12, 9, 8])), 9, 8, 1],
    ["a.idx", idx([12, 8, 8, 3]), 8, 8, 3],
  ];
  for (const [name, content, height, width, channels] of cases) {
    const file = fileOf(name, content);
    const found = await survey(file);
    assert.deepEqual(
      [found.items, found.height, found.width, found.channels],
      [12, height, width, channels],
      name,
    );
    const size = height * width * channels;
    const { train, test: held } = await choose(file, 10, 2);
    const all = bytes(12, size);
    const images = Array.from({ length: 12 }, (_, i) =>
      Buffer.from(all.subarray(i * size, (i + 1) * size)).toString("hex"),
    );
    const got = Buffer.concat([train, held]).toString("hex");
    assert.equal(got.length, images.join("").length);
    for (const image of images) assert.ok(got.includes(image), name);
  }
});

const REFUSED: readonly [string, () => string | Promise<string>, object, RegExp][] = [
  [
    "no pictures",
    () => folderOf({ "a.jpg": "text" }),
    {},
    /has 0 different images that can be used; at least 10 are needed\. Left out: 1 file, not pictures/,
  ],
  [
    "all too small",
    async () => folderOf(await pictures(12, (red) => plain(red).png().toBuffer())),
    { size: 64 },
    /0 different images.*12 files, smaller than 64 × 64 pixels/,
  ],
  [
    "a size that is none",
    () => folderOf({ "a.jpg": "x" }),
    { size: 3 },
    /whole number of pixels from 8 to 256, not 3/,
  ],
  [
    "numbers that are no bytes",
    () => fileOf("a.npy", npyHeader("float32", 12, [8, 8])),
    {},
    /of type float32; images are bytes.*astype/,
  ],
  [
    "a shape of no images",
    () => fileOf("a.npy", npy([8])),
    {},
    /has the shape \[12, 8\]; images have \[N, H, W\]/,
  ],
  ["two channels", () => fileOf("a.npy", npy([8, 8, 2])), {}, /has the shape \[12, 8, 8, 2\]/],
  ["labels", () => fileOf("a-labels-idx1-ubyte", idx([12])), {}, /has the shape \[12\]/],
  [
    "a truncated array",
    () => fileOf("a.npy", npy([8, 8]).subarray(0, 500)),
    {},
    /is truncated: its header says \d+ images more/,
  ],
  [
    "a longer array",
    () => fileOf("a.npy", Buffer.concat([npy([8, 8]), Buffer.alloc(3)])),
    {},
    /is too long/,
  ],
  ["no NumPy file", () => fileOf("a.npy", "text"), {}, /is not a NumPy array file/],
  ["no IDX file", () => fileOf("a.idx", "text"), {}, /is not an IDX file of unsigned bytes/],
  [
    "tiny images",
    () => fileOf("a.npy", npy([4, 4])),
    {},
    /images of 4 × 4 pixels; sides from 8 to 256/,
  ],
  [
    "a size for an array",
    () => fileOf("a.npy", npy([8, 8])),
    { size: 16 },
    /taken as they are: leave out --size/,
  ],
  ["few images", () => fileOf("a.npy", npy([8, 8], 5)), {}, /has 5 different images/],
  [
    "an array among pictures",
    () => folderOf({ "a.npy": "x", "b.png": "x" }),
    {},
    /Name the one array to use/,
  ],
];

for (const [what, given, options, message] of REFUSED)
  test(`refused in one sentence: ${what}`, async () => {
    await assert.rejects(survey(await given(), options), { name: "UserError", message });
  });
