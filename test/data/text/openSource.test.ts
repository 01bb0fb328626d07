import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { openSource } from "../../../lib/data/openSource";
import { UserError } from "../../../lib/errors";
import { Stream } from "../../../lib/random/stream";
import { temporaryFolder } from "../../support/temporary";

// Larger than the chunks in which it is read.
const CONTENT = Buffer.from(new Stream(["open source"]).normals(new Float64Array(300_000)).buffer);
const PACKED = gzipSync(CONTENT, { level: 1 });
const sha256 = createHash("sha256").update(CONTENT).digest("hex");

function folder(): string {
  const path = temporaryFolder();
  mkdirSync(join(path, "toy"));
  return path;
}

async function all(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const found: Uint8Array[] = [];
  for await (const chunk of chunks) found.push(Uint8Array.from(chunk));
  return Buffer.concat(found);
}

async function refused(promise: Promise<unknown>, message: RegExp): Promise<void> {
  await assert.rejects(promise, (error) => {
    assert.ok(error instanceof UserError, String(error));
    assert.match(error.message, message);
    return true;
  });
}

const source = { set: "toy", file: "numbers", addresses: [] };

for (const [name, bytes] of [
  ["numbers", CONTENT],
  ["numbers.gz", PACKED],
] as const) {
  test(`${name} is read piece by piece, any number of times, and its checksum compared`, async () => {
    const cache = folder();
    writeFileSync(join(cache, "toy", name), bytes);
    const open = await openSource({ ...source, sha256 }, { cache, mirrors: [] });
    assert.equal(open.path, join(cache, "toy", name));
    assert.equal(open.sha256, sha256);
    assert.ok(open.verified);
    for (let walk = 0; walk < 2; walk++) assert.ok(CONTENT.equals(await all(open.chunks())));
    const wrong = { ...source, sha256: sha256.replace(/^./, (c) => (c === "0" ? "1" : "0")) };
    await refused(
      openSource(wrong, { cache, mirrors: [] }),
      /is not the official toy file: the SHA-256 .* instead of/,
    );
  });

  test(`${name} without a known checksum: the one that was seen is reported as not verified`, async () => {
    const cache = folder();
    writeFileSync(join(cache, "toy", name), bytes);
    const open = await openSource(source, { cache, mirrors: [] });
    assert.equal(open.sha256, sha256);
    assert.ok(!open.verified);
  });
}

test("a gzip file that was cut off is refused, with a checksum and without", async () => {
  const cache = folder();
  writeFileSync(join(cache, "toy", "numbers.gz"), PACKED.subarray(0, PACKED.length - 100_000));
  for (const given of [source, { ...source, sha256 }])
    await refused(
      openSource(given, { cache, mirrors: [] }),
      /numbers\.gz is not the official toy file: the gzip file is truncated or damaged/,
    );
});

test("a file that was changed after it was checked is not read", async () => {
  const cache = folder();
  const path = join(cache, "toy", "numbers");
  writeFileSync(path, CONTENT);
  const open = await openSource(source, { cache, mirrors: [] });
  writeFileSync(path, CONTENT.subarray(1));
  await refused(all(open.chunks()), /numbers has changed while it was in use/);
});

test("a download is checked before it appears, and kept for the next time", async () => {
  const server = createServer((_, response) =>
    response.writeHead(200, { "content-length": PACKED.length }).end(PACKED),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/numbers.gz`;
    const options = { cache: folder(), mirrors: [] };
    const here = { ...source, addresses: [address], sha256 };
    const open = await openSource(here, options);
    assert.equal(open.path, join(options.cache, "toy", "numbers.gz"));
    assert.ok(CONTENT.equals(await all(open.chunks())));
    assert.deepEqual(readdirSync(join(options.cache, "toy")), ["numbers.gz"]);
    const other = { cache: folder(), mirrors: [] };
    await refused(
      openSource({ ...here, sha256: "0".repeat(64) }, other),
      /three ways[\s\S]*what it sent was discarded: the SHA-256/,
    );
    assert.deepEqual(readdirSync(join(other.cache, "toy")), []);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

test("an abort stops the reading with its reason", async () => {
  const cache = folder();
  writeFileSync(join(cache, "toy", "numbers"), CONTENT);
  const controller = new AbortController();
  const options = { cache, mirrors: [], signal: controller.signal };
  const open = await openSource(source, options);
  controller.abort(new Error("enough"));
  await assert.rejects(all(open.chunks()), /enough/);
  await assert.rejects(openSource(source, options), /enough/);
  assert.ok(existsSync(open.path));
});
