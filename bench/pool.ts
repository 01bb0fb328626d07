// What a pool costs as it grows: drawing batches from a billion tokens against a million, appending
// to either, and the memory of it all. `node --import tsx bench/pool.ts`
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "../lib/errors";
import { DiskPool } from "../lib/pool/diskPool";
import { accumulate } from "../lib/pool/regimes";
import type { Batch, Schema } from "../lib/pool/schema";
import type { View } from "../lib/pool/view";
import { viewOf } from "../lib/pool/viewOf";
import { Stream } from "../lib/random/stream";

const SCHEMA: Schema = { tokens: { dtype: "uint16", shape: [], ragged: true } };
const BLOCKS = 5;
const BATCH = 32;
const SMALL = 1e6;
const LARGE = 1e9;
const MEAN_TOKENS = 222;

const PATTERN = Uint16Array.from({ length: 8000 + 400 }, (_, i) => (i * 7919) % 8000);

/** Story s of a block: 100 … 344 tokens, 222 on average, as in TinyStories. */
function story(s: number): Uint16Array {
  const start = (s * 31) % 8000;
  return PATTERN.subarray(start, start + 100 + ((s * 48271) % 245));
}

function* stories(tokens: number): Generator<Batch> {
  const count = Math.round(tokens / MEAN_TOKENS);
  for (let first = 0; first < count; first += 5000) {
    const length = Math.min(5000, count - first);
    const offsets = new Float64Array(length + 1);
    for (let i = 0; i < length; i++) offsets[i + 1] = offsets[i] + story(first + i).length;
    const data = new Uint16Array(offsets[length]);
    for (let i = 0; i < length; i++) data.set(story(first + i), offsets[i]);
    yield { length, columns: { tokens: { data, offsets } } };
  }
}

async function poolOf(folder: string, tokens: number): Promise<DiskPool> {
  const pool = DiskPool.create(folder, SCHEMA);
  for (let k = 0; k < BLOCKS; k++) await pool.append(stories(tokens / BLOCKS));
  return pool;
}

/** Milliseconds of one batch of randomly chosen stories; checks what came. */
function draw(view: View, stream: Stream): number {
  const indices = Array.from({ length: BATCH }, () => stream.integer(view.length));
  const start = performance.now();
  const { data, offsets } = view.gather(indices).columns.tokens;
  const time = performance.now() - start;
  indices.forEach((index, i) => {
    const expected = story(view.provenance(index).index);
    const got = data.subarray(offsets![i], offsets![i + 1]);
    if (Buffer.compare(bytes(got), bytes(expected)) !== 0)
      throw new Error(`story ${index} came back changed`);
  });
  return time;
}

function bytes(tokens: Uint16Array | Batch["columns"][string]["data"]): Buffer {
  return Buffer.from(tokens.buffer, tokens.byteOffset, tokens.byteLength);
}

/** Drops a pool's files from the page cache. @returns whether this system could */
function forget(folder: string): boolean {
  const files = (readdirSync(folder, { recursive: true }) as string[]).filter((name) =>
    name.endsWith(".npy"),
  );
  return files.every((name) => {
    const file = `if=${join(folder, name)}`;
    return spawnSync("dd", [file, "iflag=nocache", "count=0", "status=none"]).status === 0;
  });
}

/**
 * The same draws through NumPy, in milliseconds; undefined where Python has no NumPy. Throws if
 * NumPy reads other tokens than we do.
 */
function numpyMedian(folder: string, pool: DiskPool): number | undefined {
  const script = join(__dirname, "peers", "pool.py");
  const pythons = [join(__dirname, "..", ".venv", "bin", "python"), "python3"];
  const stdout = pythons
    .map((python) =>
      spawnSync(python, [script, folder, String(BATCH), "4000"], {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
      }),
    )
    .find(({ status }) => status === 0)?.stdout;
  if (stdout === undefined) return undefined;
  const { milliseconds, sum } = JSON.parse(stdout);
  let own = 0;
  for (let k = 1; k <= BLOCKS; k++)
    for (const token of pool.block(k).range(0, 1000).columns.tokens.data) own += token;
  if (own !== sum) throw new Error(`NumPy adds up tokens to ${sum}, this library to ${own}`);
  return milliseconds;
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

async function main(): Promise<void> {
  const root = mkdtempSync(join(process.env.COLLAPSE_LAB_BENCH ?? tmpdir(), "pool-bench-"));
  const cleanUp = () => rmSync(root, { recursive: true, force: true });
  process.once("SIGINT", () => {
    cleanUp();
    process.exit(130);
  });
  try {
    await measure(root);
  } finally {
    cleanUp();
  }
}

async function measure(root: string): Promise<void> {
  const { bavail, bsize } = statfsSync(root);
  if (bavail * bsize < 4e9)
    throw new UserError(
      `${root} has less than 4 GB free: set COLLAPSE_LAB_BENCH to a folder that has more.`,
    );
  const folders = { small: join(root, "small"), large: join(root, "large") };
  const begin = performance.now();
  const pools = {
    small: await poolOf(folders.small, SMALL),
    large: await poolOf(folders.large, LARGE),
  };
  const writing = (performance.now() - begin) / 1000;
  const stream = new Stream(["pool bench"]);
  const items = { small: SMALL, large: LARGE };
  const views = {
    small: viewOf(accumulate.plan(BLOCKS, items.small), pools.small, stream),
    large: viewOf(accumulate.plan(BLOCKS, items.large), pools.large, stream),
  };

  const warm = { small: [] as number[], large: [] as number[] };
  for (let round = 0; round < 4000; round++)
    for (const size of ["small", "large"] as const) {
      const time = draw(views[size], stream.at("warm", size, round));
      if (round >= 1000) warm[size].push(time);
    }

  const cold = { small: [] as number[], large: [] as number[] };
  for (let round = 0; round < 30; round++)
    for (const size of ["small", "large"] as const)
      if (forget(folders[size])) cold[size].push(draw(views[size], stream.at("cold", size, round)));

  const numpy = numpyMedian(folders.large, pools.large);

  const append = { small: [] as number[], large: [] as number[] };
  for (let round = 0; round < 15; round++)
    for (const size of ["small", "large"] as const) {
      const start = performance.now();
      await pools[size].append(stories(200_000));
      append[size].push(performance.now() - start);
    }

  const memory = process.resourceUsage().maxRSS / 1024;
  const rows: [string, { small: number[]; large: number[] }][] = [
    [`draw ${BATCH} stories, warm page cache`, warm],
    ...(cold.small.length > 0
      ? [[`draw ${BATCH} stories, cold page cache`, cold] as (typeof rows)[number]]
      : []),
    ["append a block of 200,000 tokens", append],
  ];
  const result: Record<string, number | string> = { bench: "pool" };
  console.log(`pool of ${BLOCKS} blocks (median ms)         10^6 tokens  10^9 tokens   ratio`);
  for (const [name, { small, large }] of rows) {
    const [a, b] = [median(small), median(large)];
    const cells = [
      a.toFixed(3).padStart(13),
      b.toFixed(3).padStart(12),
      (b / a).toFixed(2).padStart(7),
    ];
    console.log(name.padEnd(36) + cells.join(" "));
    result[name] = Number((b / a).toFixed(3));
  }
  if (numpy === undefined) console.log("NumPy: not measured, no Python with NumPy here");
  else {
    const ratio = median(warm.large) / numpy;
    console.log(
      `the same draws of 10^9 through NumPy's memmap: ${numpy.toFixed(3)} ms; ratio ${ratio.toFixed(2)}`,
    );
    result["draw against NumPy memmap"] = Number(ratio.toFixed(3));
  }
  console.log(`peak memory of this process: ${memory.toFixed(0)} MB (writing and drawing)`);
  console.log(
    `writing both pools: ${writing.toFixed(1)} s, ${(((LARGE + SMALL) * 2) / 1e6 / writing).toFixed(0)} MB/s with checksums`,
  );
  if (cold.small.length === 0)
    console.log("cold cache: not measured, dd cannot drop files from the cache here");
  console.log(JSON.stringify({ ...result, peakMegabytes: Math.round(memory) }));
  for (const pool of Object.values(pools)) pool.close();
}

main();
