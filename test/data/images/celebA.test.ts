import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import sharp from "sharp";
import { celebAImages } from "../../../lib/data/images/celebA";
import { decodeImage } from "../../../lib/data/images/decode";
import { loadImages } from "../../../lib/data/images/load";
import { UserError } from "../../../lib/errors";
import { Streams } from "../../../lib/random/streams";
import { temporaryFolder } from "../../support/temporary";

const [WIDTH, HEIGHT] = [178, 218];

/** A picture that gets brighter from left to right, greener from top to bottom; `blue` tells which it is. */
const picture = (blue: number, [width, height] = [WIDTH, HEIGHT]) =>
  sharp(
    Buffer.from(
      Array.from({ length: width * height }, (_, i) => [
        i % width,
        Math.floor(i / width),
        blue,
      ]).flat(),
    ),
    { raw: { width, height, channels: 3 } },
  );
const jpeg = (blue: number) =>
  picture(blue).jpeg({ quality: 100, chromaSubsampling: "4:4:4" }).toBuffer();

/** A mirror with a folder in CelebA's form, of these pictures. */
async function celebA(list: string, files: Readonly<Record<string, Buffer>>) {
  const mirror = temporaryFolder();
  const folder = join(mirror, "celeba", "img_align_celeba");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(mirror, "celeba", "list_eval_partition.txt"), list);
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
  return { options: { mirrors: [mirror], cache: join(mirror, "none") }, folder };
}

async function read(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}

test("faces: the middle 148 × 148 pixels scaled to 64 × 64, in the order of the official list", async () => {
  const { options } = await celebA("000001.jpg 0\n000002.jpg 1\n000003.jpg 2\n000004.jpg 0\n", {
    "000001.jpg": await jpeg(40),
    "000003.jpg": await jpeg(80),
    "000004.jpg": await jpeg(120),
  });
  const train = await read(celebAImages("train", 2, options));
  const size = 64 * 64 * 3;
  assert.equal(train.length, 2 * size);
  const scale = 148 / 64;
  for (const [i, blue] of [40, 120].entries())
    for (const y of [1, 30, 62])
      for (const x of [1, 31, 62]) {
        const at = i * size + (y * 64 + x) * 3;
        // Centres of the 64 pixels on the ramps of the crop, which begins at (15, 35).
        const expected = [15 + (x + 0.5) * scale - 0.5, 35 + (y + 0.5) * scale - 0.5, blue];
        for (const [c, value] of expected.entries())
          assert.ok(
            Math.abs(train[at + c] - value) < 3,
            `${[...train.subarray(at, at + 3)]}, not ${expected}`,
          );
      }
  const images = await loadImages(
    "celeba",
    { trainItems: 2, testItems: 1 },
    Streams.ofSeed(0),
    options,
  );
  assert.deepEqual([images.height, images.width, images.channels], [64, 64, 3]);
  assert.deepEqual(Buffer.from(images.train), train);
  assert.equal(images.description, "CelebA (2 / 1)");
});

test("grey, CMYK and transparent pictures become colour ones of much the same look", async () => {
  const folder = temporaryFolder();
  const flat = sharp({ create: { width: 150, height: 150, channels: 3, background: "#808080" } });
  const files = {
    "grey.jpg": flat.clone().greyscale().jpeg(),
    "cmyk.jpg": flat.clone().toColourspace("cmyk").jpeg(),
    "alpha.png": flat.clone().ensureAlpha(1).png(),
    "deep.png": flat.clone().toColourspace("rgb16").png(),
    "small.webp": flat.clone().webp(),
  };
  for (const [name, made] of Object.entries(files)) {
    await made.toFile(join(folder, name));
    const bytes = await decodeImage(join(folder, name), 148, 64);
    assert.equal(bytes.length, 64 * 64 * 3, name);
    for (const value of bytes) assert.ok(Math.abs(value - 128) < 16, `${name}: ${value}`);
  }
});

test("what is no picture of a face is refused in a sentence that names the file", async () => {
  const good = await jpeg(1);
  const cases: [Buffer, RegExp][] = [
    [Buffer.from("a text"), /000001\.jpg is not a picture that can be read: .+\.$/],
    [good.subarray(0, 2000), /000001\.jpg is not a picture that can be read: .+\.$/],
    [
      await picture(1, [147, 218]).jpeg().toBuffer(),
      /000001\.jpg has 147 × 218 pixels; at least 148 × 148 are needed\.$/,
    ],
    [
      await picture(1, [178, 100]).jpeg().toBuffer(),
      /000001\.jpg has 178 × 100 pixels; at least 148 × 148 are needed\.$/,
    ],
  ];
  for (const [bytes, sentence] of cases) {
    const { options } = await celebA("000001.jpg 0\n", { "000001.jpg": bytes });
    await assert.rejects(
      read(celebAImages("train", 1, options)),
      (error) => error instanceof UserError && sentence.test(error.message),
      String(sentence),
    );
  }
});

test("a missing folder, picture or line, and too few faces are refused in a sentence", async () => {
  const none = { mirrors: [], cache: temporaryFolder() };
  await assert.rejects(
    read(celebAImages("train", 1, none)),
    /^UserError: CelebA is not here: put list_eval_partition\.txt and the folder img_align_celeba into/,
  );
  const { options, folder } = await celebA("000001.jpg 0\n000002.jpg 0\n", {
    "000001.jpg": await jpeg(1),
  });
  await assert.rejects(
    read(celebAImages("train", 2, options)),
    /000002\.jpg is missing, though .*list_eval_partition\.txt names it/,
  );
  await assert.rejects(
    read(celebAImages("train", 3, options)),
    /CelebA has 2 training images; 3 were asked for\./,
  );
  await assert.rejects(
    read(celebAImages("test", 1, options)),
    /CelebA has 0 test images; 1 were asked for\./,
  );
  rmSync(folder, { recursive: true });
  await assert.rejects(read(celebAImages("train", 1, options)), /000001\.jpg is missing/);
  for (const line of ["000001.jpg", "000001.jpg 3", "../x.jpg 0", "000001.png 0"]) {
    const { options } = await celebA(`${line}\n`, {});
    await assert.rejects(
      read(celebAImages("train", 1, options)),
      /Line 1 of .* not a file name and 0, 1 or 2/,
    );
  }
});
