import assert from "node:assert/strict";
import { test } from "node:test";
import { PNG } from "pngjs";
import { compressPng } from "../../lib/export/compress";
import { validate } from "../../lib/export/validate";
import { mosaic, type Picture, toPng } from "../../lib/figures/picture";
import { regimesFigure } from "../../lib/figures/regimes";
import { samples } from "../../lib/figures/samples";
import { PROVENANCE } from "./provenance";

const grey: Picture = { width: 2, height: 1, channels: 1, pixels: Uint8Array.of(0, 200) };

test("a grey picture becomes a PNG with the same pixels, each repeated `scale` times", () => {
  const png = PNG.sync.read(toPng(grey, 3));
  assert.deepEqual([png.width, png.height], [6, 3]);
  const at = (x: number, y: number) => [...png.data.subarray((y * 6 + x) * 4, (y * 6 + x) * 4 + 4)];
  assert.deepEqual(at(2, 2), [0, 0, 0, 255]);
  assert.deepEqual(at(3, 0), [200, 200, 200, 255]);
});

test("a colour picture keeps its channels apart", () => {
  const rgb = { width: 1, height: 1, channels: 3, pixels: Uint8Array.of(10, 20, 30) } as const;
  assert.deepEqual([...PNG.sync.read(toPng(rgb)).data], [10, 20, 30, 255]);
});

test("a mosaic sets pictures row by row with a white line between", () => {
  const three = Uint8Array.of(1, 2, 3, 4, 5, 6);
  const m = mosaic(three, { width: 2, height: 1, channels: 1 }, 2);
  assert.deepEqual([m.width, m.height], [5, 3]);
  assert.deepEqual([...m.pixels], [1, 2, 255, 3, 4, 255, 255, 255, 255, 255, 5, 6, 255, 255, 255]);
});

test("bytes that make no whole pictures are refused", () => {
  assert.throws(
    () => mosaic(new Uint8Array(5), { width: 2, height: 1, channels: 1 }, 2),
    /5 bytes/,
  );
  assert.throws(() => toPng({ ...grey, width: 3 }), /has 3 bytes, not 2/);
});

test("sample grids place each picture under its column and beside its row, and skip missing ones", () => {
  const figure = samples({
    name: "s",
    title: "t",
    alt: "a",
    provenance: PROVENANCE,
    columnTitles: ["1", "2"],
    rows: [
      { title: "Replace", cells: [grey, grey] },
      { title: "Accumulate", cells: [null, grey] },
    ],
  });
  validate(figure);
  const images = figure.layout.images!;
  assert.deepEqual(
    images.map((image) => [image.x === 0, image.y === 1]),
    [
      [true, true],
      [false, true],
      [false, false],
    ],
  );
  assert.ok(images.every((image) => image.sizey! < 0.5 && image.x! + image.sizex! < 1 + 1e-9));
  const bytes = Buffer.from(images[0].source!.split(",")[1], "base64");
  assert.equal(PNG.sync.read(bytes).data[4 * (PNG.sync.read(bytes).width - 1)], 200);
});

test("each pixel of a sample becomes a whole number of pixels of the exported picture", () => {
  const digit: Picture = { width: 28, height: 28, channels: 1, pixels: new Uint8Array(28 * 28) };
  const sixteen = mosaic(new Uint8Array(16 * 28 * 28), digit, 4);
  for (const columns of [1, 2, 3, 5, 10]) {
    const figure = samples({
      name: "s",
      title: "t",
      alt: "a",
      provenance: PROVENANCE,
      columnTitles: Array.from({ length: columns }, (_, i) => `${i}`),
      rows: [{ title: "Replace", cells: new Array(columns).fill(columns > 5 ? digit : sixteen) }],
    });
    const { width, margin, images } = figure.layout;
    const pixels = 2 * images![0].sizex! * (width! - margin!.l! - margin!.r!);
    const repeats = pixels / (columns > 5 ? 28 : sixteen.width);
    assert.ok(Math.abs(repeats - Math.round(repeats)) < 1e-9 && repeats >= 1, `${repeats}`);
    assert.ok(width! <= 1000);
  }
});

test("compressing changes no pixel, in grey and in colour", () => {
  for (const channels of [1, 3] as const) {
    const pixels = Uint8Array.from({ length: 100 * 80 * channels }, (_, i) => (i * i) % 251);
    const slow = toPng({ width: 100, height: 80, channels, pixels });
    const fast = PNG.sync.write(PNG.sync.read(slow), { deflateLevel: 1, filterType: 0 });
    const small = compressPng(fast);
    assert.ok(small.length < fast.length);
    assert.deepEqual(PNG.sync.read(small).data, PNG.sync.read(slow).data);
  }
});

test("Figure 1 gives Replace one block a training set and Accumulate 1, 2, 3", () => {
  const figure = regimesFigure(PROVENANCE);
  validate(figure);
  const labels = figure.layout.annotations!.map((a) => a.text!.replace(/<[^>]*>/g, ""));
  const count = (label: string) => labels.filter((text) => text === label).length;
  // Data 1: Replace once and twice discarded, Accumulate three times; data 3 once in each.
  assert.deepEqual([count("Data 1"), count("Data 2"), count("Data 3")], [6, 4, 2]);
  assert.deepEqual([count("Model 1"), count("Model 3")], [2, 2]);
  const filled = (colour: string) =>
    figure.layout.shapes!.filter((shape) => shape.fillcolor === colour).length;
  assert.equal(filled("#ffe08a"), 5, "real data: 1 in Replace, 3 in Accumulate, 1 in the key");
});
