import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { gunzip } from "../../lib/data/gzip";
import { MNIST } from "../../lib/data/images/mnist";
import type { Source } from "../../lib/data/source";
import { MIRRORS, readSource } from "../../lib/data/source";
import { UserError } from "../../lib/errors";
import { Stream } from "../../lib/random/stream";
import { temporaryFolder } from "../support/temporary";

const CONTENT = Buffer.from(new Stream(["source test"]).normals(new Float64Array(25_000)).buffer);
const PACKED = gzipSync(CONTENT);
const sha256 = createHash("sha256").update(CONTENT).digest("hex");

function folder(): string {
  const path = temporaryFolder();
  mkdirSync(join(path, "toy"));
  return path;
}

function source(...addresses: string[]): Source {
  return { set: "toy", file: "numbers", addresses, sha256 };
}

async function message(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => assert.fail("nothing was thrown"),
    (thrown) => thrown,
  );
  assert.ok(error instanceof UserError, String(error));
  return error.message;
}

/** Serves `answer` on 127.0.0.1 while `use` runs, and notes the Range header of each request. */
async function serving(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  use: (address: string, ranges: (string | undefined)[]) => Promise<void>,
): Promise<void> {
  const ranges: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    ranges.push(request.headers.range);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}/numbers.gz`, ranges);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

/** An address at which nobody listens. */
async function closedAddress(): Promise<string> {
  let closed = "";
  await serving(
    () => {},
    async (address) => {
      closed = address;
    },
  );
  return closed;
}

/** A file server that understands ranges and hangs up after `limit` bytes of each answer. */
function flaky(bytes: Buffer, limit: number) {
  return (request: IncomingMessage, response: ServerResponse) => {
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
    if (from >= bytes.length) return response.writeHead(416).end();
    const rest = bytes.subarray(from);
    response.writeHead(from > 0 ? 206 : 200, {
      "content-length": rest.length,
      ...(from > 0 ? { "content-range": `bytes ${from}-${bytes.length - 1}/${bytes.length}` } : {}),
    });
    if (rest.length <= limit) return response.end(rest);
    return response.write(rest.subarray(0, limit), () => response.destroy());
  };
}

for (const [name, bytes] of [
  ["numbers", CONTENT],
  ["numbers.gz", PACKED],
] as const)
  for (const place of ["cache/toy", "mirror/toy", "mirror"])
    test(`a source is found as ${place}/${name}`, async () => {
      const [cache, empty, mirror] = [folder(), folder(), folder()];
      const home = place.replace("cache", cache).replace("mirror", mirror);
      writeFileSync(join(home, name), bytes);
      const found = await readSource(source(), { cache, mirrors: [empty, mirror] });
      assert.ok(CONTENT.equals(found));
    });

test("the cache comes before the mirrors, and the first mirror before the second", async () => {
  const [cache, first, second] = [folder(), folder(), folder()];
  const options = { cache, mirrors: [first, second] };
  writeFileSync(join(second, "toy", "numbers"), CONTENT);
  assert.ok(CONTENT.equals(await readSource(source(), options)));
  writeFileSync(join(first, "numbers"), "wrong");
  assert.match(await message(readSource(source(), options)), new RegExp(join(first, "numbers")));
  writeFileSync(join(cache, "toy", "numbers"), CONTENT);
  assert.ok(CONTENT.equals(await readSource(source(), options)));
});

test("a copy with one changed byte, or a cut gzip file, is refused by name", async () => {
  const cache = folder();
  const wrong = Buffer.from(CONTENT);
  wrong[1234] ^= 1;
  const path = join(cache, "toy", "numbers");
  writeFileSync(path, wrong);
  const actual = createHash("sha256").update(wrong).digest("hex");
  const text = await message(readSource(source(), { cache, mirrors: [] }));
  assert.ok(text.includes(path) && text.includes(actual) && text.includes(sha256), text);
  rmSync(path);
  writeFileSync(`${path}.gz`, PACKED.subarray(0, 1000));
  assert.match(
    await message(readSource(source(), { cache, mirrors: [] })),
    /numbers\.gz is not the official toy file: the gzip file is truncated or damaged .*Delete it/,
  );
});

test(`${MIRRORS} is a path list, and a directory in it that does not exist is named`, async () => {
  const [cache, mirror] = [folder(), folder()];
  writeFileSync(join(mirror, "numbers"), CONTENT);
  const before = process.env[MIRRORS];
  try {
    process.env[MIRRORS] = `${folder()}:${mirror}`;
    assert.ok(CONTENT.equals(await readSource(source(), { cache })));
    process.env[MIRRORS] = "/no/such/place";
    assert.match(
      await message(readSource(source(), { cache })),
      /names \/no\/such\/place, which does not exist/,
    );
  } finally {
    if (before === undefined) delete process.env[MIRRORS];
    else process.env[MIRRORS] = before;
  }
});

test("a download lands packed in the cache, reports progress and is not repeated", async () => {
  const cache = folder();
  const seen: [number, number | undefined][] = [];
  await serving(flaky(PACKED, PACKED.length), async (address, ranges) => {
    const options = {
      cache,
      mirrors: [],
      onProgress: (_: string, done: number, total: number | undefined) => seen.push([done, total]),
    };
    assert.ok(CONTENT.equals(await readSource(source(address), options)));
    assert.ok(CONTENT.equals(await readSource(source(address), options)));
    assert.deepEqual(ranges, [undefined]);
  });
  assert.deepEqual(seen.at(-1), [PACKED.length, PACKED.length]);
  assert.deepEqual(readdirSync(join(cache, "toy")), ["numbers.gz"]);
});

test("an interrupted transfer goes on where it stopped, in the same call and in a later one", async () => {
  const cache = folder();
  const options = { cache, mirrors: [] };
  const step = Math.ceil(PACKED.length / 5);
  await serving(flaky(PACKED, step), async (address, ranges) => {
    assert.match(await message(readSource(source(address), options)), /broke 3 times; \d+ bytes/);
    assert.ok(!existsSync(join(cache, "toy", "numbers.gz")));
    assert.ok(CONTENT.equals(await readSource(source(address), options)));
    const expected = [0, 1, 2, 3, 4].map((k) => (k === 0 ? undefined : `bytes=${k * step}-`));
    assert.deepEqual(ranges, expected);
  });
  assert.deepEqual(readdirSync(join(cache, "toy")), ["numbers.gz"]);
});

test("a server that ignores ranges starts over and the file is still right", async () => {
  const options = { cache: folder(), mirrors: [] };
  let answers = 0;
  const answer = (_: IncomingMessage, response: ServerResponse) => {
    response.writeHead(200, { "content-length": PACKED.length });
    if (answers++ > 0) response.end(PACKED);
    else response.write(PACKED.subarray(0, 5000), () => response.destroy());
  };
  await serving(answer, async (address, ranges) => {
    assert.ok(CONTENT.equals(await readSource(source(address), options)));
    assert.deepEqual(ranges, [undefined, "bytes=5000-"]);
  });
});

test("a wrong checksum after a download keeps nothing and says so", async () => {
  const cache = folder();
  const wrong = gzipSync(Buffer.from("something else"));
  await serving(flaky(wrong, wrong.length), async (address) => {
    const text = await message(readSource(source(address), { cache, mirrors: [] }));
    assert.match(text, /what it sent was discarded: the SHA-256 .* instead of/);
    assert.deepEqual(readdirSync(join(cache, "toy")), []);
  });
});

test("where nothing helps, the error names the three ways and why each address failed", async () => {
  const cache = folder();
  const answer = (_: IncomingMessage, response: ServerResponse) => response.writeHead(404).end();
  await serving(answer, async (address) => {
    const closed = await closedAddress();
    const options = { cache, mirrors: [] };
    const text = await message(readSource(source(address, closed), options));
    assert.ok(text.includes(`${address}: the server answered 404 Not Found`), text);
    assert.ok(text.includes(`${closed}: no connection (ECONNREFUSED)`), text);
    assert.ok(text.includes(join(cache, "toy")) && text.includes(MIRRORS), text);
  });
});

test("the second address serves when the first does not", async () => {
  const options = { cache: folder(), mirrors: [] };
  await serving(flaky(PACKED, PACKED.length), async (address) => {
    const both = source(await closedAddress(), address);
    assert.ok(CONTENT.equals(await readSource(both, options)));
  });
});

test("an aborted download stops with the reason of the abort", async () => {
  const controller = new AbortController();
  const answer = (_: IncomingMessage, response: ServerResponse) => {
    response.writeHead(200, { "content-length": PACKED.length });
    response.write(PACKED.subarray(0, 5000), () => controller.abort(new Error("enough")));
  };
  await serving(answer, async (address) => {
    const options = { cache: folder(), mirrors: [], signal: controller.signal };
    await assert.rejects(readSource(source(address), options), /enough/);
  });
});

test("files come by https alone: a plain address is named and not asked", async () => {
  const address = "http://example.org/numbers.gz";
  const sentence = await message(readSource(source(address), { cache: folder(), mirrors: [] }));
  assert.ok(sentence.includes(`${address}: it is not fetched, because without https`), sentence);
  for (const split of [MNIST.train, MNIST.test])
    for (const { addresses } of [split.images, split.labels])
      for (const official of addresses) assert.match(official, /^https:/);
});

test("a compressed file under the name of the decompressed one is called that", async () => {
  const cache = folder();
  writeFileSync(join(cache, "toy", "numbers"), PACKED);
  const sentence = await message(readSource(source(), { cache, mirrors: [] }));
  assert.match(sentence, /numbers is not the official toy file: it is still a gzip file: add \.gz/);
});

test("a small gzip file that decompresses to gigabytes is refused before it takes the memory", () => {
  const zeros = gzipSync(Buffer.alloc(1 << 26));
  assert.ok(zeros.length < 100_000);
  const before = process.memoryUsage().rss;
  assert.throws(() => gunzip(zeros, 1 << 20), /decompresses to more than 1,048,576 bytes/);
  assert.ok(process.memoryUsage().rss - before < 1 << 25);
  assert.equal(gunzip(zeros, 1 << 26).length, 1 << 26);
});
