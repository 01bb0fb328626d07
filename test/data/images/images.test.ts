import assert from "node:assert/strict";
import { test } from "node:test";
import { CIFAR10, readCifar10 } from "../../../lib/data/images/cifar10";
import { loadImages } from "../../../lib/data/images/load";
import { MNIST, mnistLabels } from "../../../lib/data/images/mnist";
import { strokeDigits } from "../../../lib/data/images/strokes";
import { findSource, type SourceFile } from "../../../lib/data/source";
import { UserError } from "../../../lib/errors";
import { Stream } from "../../../lib/random/stream";
import { Streams } from "../../../lib/random/streams";

const PIXELS = 28 * 28;
const digits = strokeDigits(4000, new Stream(["strokes test"]));

function image(images: Uint8Array, i: number): Uint8Array {
  return images.subarray(i * PIXELS, (i + 1) * PIXELS);
}

test("image i of the stroke digits depends on the stream and i alone", () => {
  const fewer = strokeDigits(100, new Stream(["strokes test"]));
  assert.deepEqual(fewer.images, digits.images.subarray(0, 100 * PIXELS));
  assert.deepEqual(fewer.labels, digits.labels.subarray(0, 100));
  const other = strokeDigits(100, new Stream(["another"]));
  assert.notDeepEqual(other.images, fewer.images);
});

test("stroke digits: labels are uniform on 0 … 9 (chi-square, 9 degrees of freedom)", () => {
  const counts = new Array<number>(10).fill(0);
  for (const label of digits.labels) counts[label]++;
  const chiSquare = counts.reduce((sum, count) => sum + (count - 400) ** 2 / 400, 0);
  assert.ok(chiSquare < 27.88, `chi-square ${chiSquare} is beyond the 99.9 % quantile`);
});

test("stroke digits look like MNIST to first order: ink, frame, grey edges", () => {
  const { images } = digits;
  const mean = images.reduce((sum, grey) => sum + grey, 0) / images.length / 255;
  assert.ok(Math.abs(mean - 0.1307) < 0.03, `mean ink ${mean}; MNIST has 0.1307`);
  let edge = 0;
  let grey = 0;
  for (let i = 0; i < images.length; i++) {
    const x = i % 28;
    const y = Math.floor(i / 28) % 28;
    if (x === 0 || y === 0 || x === 27 || y === 27) edge += images[i];
    if (images[i] > 0 && images[i] < 255) grey++;
  }
  assert.ok(edge / (4000 * 108) < 0.5, `mean ink at the edge ${edge / (4000 * 108)} of 255`);
  const share = grey / images.filter((value) => value > 0).length;
  assert.ok(share > 0.3 && share < 0.9, `${share} of the inked pixels are partly inked`);
});

test("stroke digits vary, and the nearest class mean tells most of them apart", () => {
  const half = 2000;
  const means = Array.from({ length: 10 }, () => new Float64Array(PIXELS));
  const counts = new Array<number>(10).fill(0);
  for (let i = 0; i < half; i++) {
    const mean = means[digits.labels[i]];
    image(digits.images, i).forEach((grey, p) => {
      mean[p] += grey;
    });
    counts[digits.labels[i]]++;
  }
  let right = 0;
  for (let i = half; i < 2 * half; i++) {
    const own = image(digits.images, i);
    const distances = means.map((mean, digit) =>
      own.reduce((sum, grey, p) => sum + (grey - mean[p] / counts[digit]) ** 2, 0),
    );
    if (distances.indexOf(Math.min(...distances)) === digits.labels[i]) right++;
  }
  const accuracy = right / half;
  assert.ok(accuracy > 0.5 && accuracy < 0.97, `nearest mean is right for ${accuracy}`);
  const distinct = new Set(
    Array.from({ length: 4000 }, (_, i) => Buffer.from(image(digits.images, i)).toString("base64")),
  );
  assert.equal(distinct.size, 4000);
});

test("loadImages: train and test strokes share no image; counts and shape are as asked", async () => {
  const counts = { trainItems: 500, testItems: 300 };
  const images = await loadImages("strokes", counts, Streams.ofSeed(0));
  assert.equal(images.train.length, 500 * PIXELS);
  assert.equal(images.test.length, 300 * PIXELS);
  assert.deepEqual([images.height, images.width, images.channels], [28, 28, 1]);
  assert.equal(images.description, "stroke-drawn digits (500 / 300)");
  assert.deepEqual(images.checksums, {});
  const key = (all: Uint8Array, i: number) => Buffer.from(image(all, i)).toString("base64");
  const train = new Set(Array.from({ length: 500 }, (_, i) => key(images.train, i)));
  for (let i = 0; i < 300; i++) assert.ok(!train.has(key(images.test, i)));
});

test("loadImages: an unknown set or a count that is none is refused in a sentence", async () => {
  const streams = Streams.ofSeed(0);
  const counts = { trainItems: 5, testItems: 5 };
  const load = (name: string, trainItems: number) =>
    loadImages(name as "mnist", { ...counts, trainItems }, streams);
  await assert.rejects(load("minst", 5), (error) =>
    error instanceof UserError ? /"minst"\. Did you mean "mnist"\?/.test(error.message) : false,
  );
  for (const items of [0, -1, 1.5, Number.NaN])
    await assert.rejects(load("strokes", items), /trainItems must be a whole number/);
});

test("MNIST: 60,000 and 10,000 images, the first digits, the mean grey of the training set", {
  skip: [MNIST.train, MNIST.test].every(({ images, labels }) => [images, labels].every(has))
    ? false
    : "MNIST is neither in .cache/data nor in COLLAPSE_LAB_DATA",
}, async () => {
  const counts = { trainItems: 60000, testItems: 10000 };
  const {
    train,
    test: held,
    checksums,
    description,
  } = await loadImages("mnist", counts, Streams.ofSeed(0));
  assert.equal(train.length, 60000 * PIXELS);
  assert.equal(held.length, 10000 * PIXELS);
  assert.equal(description, "MNIST (60,000 / 10,000)");
  assert.deepEqual(Object.keys(checksums), ["train-images-idx3-ubyte", "t10k-images-idx3-ubyte"]);
  // The constants 0.1307 and 0.3081 that MNIST is commonly normalised with.
  const mean = train.reduce((sum, grey) => sum + grey, 0) / train.length / 255;
  const square = train.reduce((sum, grey) => sum + grey * grey, 0) / train.length / 255 ** 2;
  assert.ok(Math.abs(mean - 0.1307) < 5e-5, String(mean));
  assert.ok(Math.abs(Math.sqrt(square - mean * mean) - 0.3081) < 5e-5);
  assert.deepEqual([...(await mnistLabels("train")).subarray(0, 5)], [5, 0, 4, 1, 9]);
  assert.deepEqual([...(await mnistLabels("test")).subarray(0, 5)], [7, 2, 1, 0, 4]);
  const few = await loadImages("mnist", { trainItems: 10, testItems: 5 }, Streams.ofSeed(0));
  assert.deepEqual(few.train, train.subarray(0, 10 * PIXELS));
  await assert.rejects(
    loadImages("mnist", { trainItems: 60001, testItems: 5 }, Streams.ofSeed(0)),
    /MNIST has 60,000 training images; 60,001 were asked for/,
  );
});

/** A record: a label, then 1,024 red, green and blue values that say which they are. */
const record = (label: number) =>
  Uint8Array.from({ length: 3073 }, (_, i) => (i === 0 ? label : (i - 1 + label) % 251));

test("a binary file of CIFAR-10: planes of red, green and blue become pixels of three values", () => {
  const images = readCifar10(Buffer.concat([record(0), record(9)]), "a.bin");
  assert.equal(images.length, 2 * 32 * 32 * 3);
  for (const [i, label] of [0, 9].entries())
    for (const [y, x] of [
      [0, 0],
      [0, 31],
      [17, 5],
      [31, 31],
    ]) {
      const at = ((i * 32 + y) * 32 + x) * 3;
      const plane = 32 * y + x;
      assert.deepEqual(
        [...images.subarray(at, at + 3)],
        [0, 1, 2].map((c) => (1024 * c + plane + label) % 251),
      );
    }
});

test("a file that is no binary file of CIFAR-10 is refused in a sentence", () => {
  assert.throws(() => readCifar10(new Uint8Array(0), "a.bin"), /a\.bin .* it has 0 bytes/);
  for (const length of [1, 3072, 3074, 2 * 3073 - 1])
    assert.throws(
      () => readCifar10(new Uint8Array(length), "a.bin"),
      (error) =>
        error instanceof UserError &&
        error.message ===
          `a.bin is not a binary file of CIFAR-10: it has ${length} bytes, which are no whole number of records of 3073.`,
    );
  assert.throws(
    () => readCifar10(Buffer.concat([record(3), record(10)]), "a.bin"),
    /record 2 has the label 10, not 0 to 9/,
  );
});

test("CIFAR-10: 5,000 and 1,000 colour images with the means that it is commonly normalised with", {
  skip: [CIFAR10.train, CIFAR10.test].every(has)
    ? false
    : "CIFAR-10 is neither in .cache/data nor in COLLAPSE_LAB_DATA",
}, async () => {
  const counts = { trainItems: 5000, testItems: 1000 };
  const images = await loadImages("cifar-10", counts, Streams.ofSeed(0));
  assert.deepEqual([images.height, images.width, images.channels], [32, 32, 3]);
  assert.equal(images.train.length, 5000 * 3072);
  assert.equal(images.test.length, 1000 * 3072);
  assert.equal(images.description, "CIFAR-10 (5,000 / 1,000)");
  const sums = [0, 0, 0];
  for (const [i, value] of images.train.entries()) sums[i % 3] += value / 255;
  const means = sums.map((sum) => sum / (images.train.length / 3));
  // Of all 50,000 training images: 0.4914, 0.4822, 0.4465.
  for (const [c, mean] of [0.4914, 0.4822, 0.4465].entries())
    assert.ok(Math.abs(means[c] - mean) < 0.01, `${means}`);
  await assert.rejects(
    loadImages("cifar-10", { ...counts, trainItems: 5001 }, Streams.ofSeed(0)),
    /CIFAR-10 has 5,000 training images; 5,001 were asked for\./,
  );
});

function has(source: SourceFile): boolean {
  return findSource(source) !== undefined;
}
