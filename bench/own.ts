// Data of one's own: how long a text of gigabytes takes until the first step of training, and how much
// memory; and how many pictures of CelebA's size are decoded per second of a core.
//   node --import tsx bench/own.ts [MEGABYTES] [PICTURES]
// The text is written into the temporary folder and deleted. Times are those of the processor, so that
// other work on the machine counts less; each part has a process of its own.
import { spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sampleStory } from "../lib/data/grammar/stories";
import { decodeImage } from "../lib/data/images/decode";
import { loadSharp } from "../lib/data/images/sharp";
import { Cancelled } from "../lib/errors";
import { openSession } from "../lib/experiments/openSession";
import { runOwn } from "../lib/experiments/own/runOwn";
import { inProcess } from "../lib/loop/inProcess";
import { Stream } from "../lib/random/stream";
import { RunStore } from "../lib/store/runStore";
import { peakMemory } from "./memory";

const [MEGABYTES, PICTURES] = [2000, 1000];
/** Megabytes of text per second from the command to the first step, megabytes of memory, pictures per second. */
const AIMS = { text: 20, memory: 1000, pictures: 500 } as const;
/** Different stories of the text; a number before each makes all of them different. */
const STORIES = 20_000;
/** Different pictures. */
const DIFFERENT = 10;

async function text(folder: string, megabytes: number): Promise<boolean> {
  const file = join(folder, "long.txt");
  writeText(file, megabytes);
  const controller = new AbortController();
  const begin = { wall: performance.now(), cpu: process.cpuUsage() };
  let first: { readonly wall: number; readonly cpu: number; readonly memory: number } | undefined;
  const sink = {
    update: (_: string, __: number, ___: number, values?: Readonly<Record<string, number>>) => {
      if (first || values?.loss === undefined) return;
      const { user, system } = process.cpuUsage(begin.cpu);
      const wall = (performance.now() - begin.wall) / 1000;
      first = { wall, cpu: (user + system) / 1e6, memory: peakMemory() / 1e6 };
      controller.abort();
    },
    ...{ finish: () => {}, line: () => {}, close: () => {} },
  };
  const store = RunStore.open(join(folder, "runs"));
  const session = openSession({ store, sink, signal: controller.signal, executor: inProcess() });
  await runOwn(file, {}, session).catch((error) => {
    if (!(error instanceof Cancelled) && !controller.signal.aborted) throw error;
  });
  if (!first) throw new Error("The run ended before a step of training was reported.");
  const { wall, cpu, memory } = first;
  const speed = megabytes / cpu;
  console.log(
    `${megabytes} MB of text: first step of training after ${cpu.toFixed(1)} s of a core (${wall.toFixed(1)} s), ${speed.toFixed(1)} MB/s (aim ${AIMS.text}); peak memory ${memory.toFixed(0)} MB (aim ${AIMS.memory})`,
  );
  return speed >= AIMS.text && memory <= AIMS.memory;
}

function writeText(file: string, megabytes: number): void {
  const stream = new Stream(["bench own"]);
  const stories = Array.from({ length: STORIES }, (_, i) => sampleStory(stream.at(i)));
  const handle = openSync(file, "w");
  let number = 0;
  for (let written = 0; written < 1e6 * megabytes; )
    written += writeSync(
      handle,
      stories
        .slice(0, 2000)
        .map(() => `${number} ${stories[number++ % STORIES]}\n<|endoftext|>\n`)
        .join(""),
    );
  closeSync(handle);
}

async function pictures(folder: string, count: number): Promise<boolean> {
  const sharp = await loadSharp();
  const [width, height] = [178, 218];
  const stream = new Stream(["bench own pictures"]);
  // Smooth shapes with some grain, so that the JPEGs are about as large as CelebA's, 7 kB.
  const pixels = Buffer.alloc(3 * width * height);
  const files: string[] = [];
  for (let i = 0; i < DIFFERENT; i++) {
    const [a, b, c] = stream.normals(new Float64Array(3));
    for (let p = 0; p < pixels.length; p++) {
      const at = Math.floor(p / 3);
      const wave = Math.sin(a + (at % width) / 20) + Math.cos(b + at / width / 25 + c * (p % 3));
      pixels[p] = 128 + 50 * wave + ((at * 2654435761) % 23);
    }
    const picture = sharp(pixels, { raw: { width, height, channels: 3 } });
    const bytes = await picture.jpeg({ quality: 75 }).toBuffer();
    for (let copy = i; copy < count; copy += DIFFERENT) {
      files.push(join(folder, `${copy}.jpg`));
      writeFileSync(files[files.length - 1], bytes);
    }
  }
  const cpu = process.cpuUsage();
  for (let from = 0; from < count; from += 256)
    await Promise.all(files.slice(from, from + 256).map((file) => decodeImage(file, 148, 64)));
  const { user, system } = process.cpuUsage(cpu);
  const speed = (1e6 * count) / (user + system);
  console.log(
    `${count} JPEGs of ${width} × ${height}, cropped and scaled to 64 × 64: ${speed.toFixed(0)} a second of a core (aim ${AIMS.pictures})`,
  );
  return speed >= AIMS.pictures;
}

async function part(name: string, amount: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "bench-own-"));
  try {
    const reached = await (name === "text" ? text : pictures)(folder, amount);
    process.exitCode = reached ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function main([megabytes = MEGABYTES, count = PICTURES]: readonly number[]): void {
  let reached = true;
  for (const [name, amount] of [
    ["text", megabytes],
    ["pictures", count],
  ] as const) {
    const own = [...process.execArgv, __filename, name, String(amount)];
    reached = spawnSync(process.execPath, own, { stdio: "inherit" }).status === 0 && reached;
  }
  process.exitCode = reached ? 0 : 1;
}

const [first, amount] = process.argv.slice(2);
if (first === "text" || first === "pictures") void part(first, Number(amount));
else main(process.argv.slice(2).map(Number));
