// CPU time of a kernel and its children from the run of a notebook's first cell to its first output: the
// first time on a machine, when nothing is kept in .cache/jupyter, afterwards, and when somebody has read the
// notebook for a while before. Reads /proc (Linux).
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { KernelClient, ROOT } from "../test/jupyter/client";
import { median } from "./worker";

const NOTEBOOKS = ["00-start-here", "03-image-vae", "04-linear-theory"];
const ROUNDS = 3;
const CASES = [
  { when: "the first time", isFirst: true, reading: 0, aim: 8 },
  { when: "later", isFirst: false, reading: 0, aim: 3 },
  { when: "later, 10 s after opening", isFirst: false, reading: 10_000, aim: 3 },
];
const TICKS_PER_SECOND = 100;
const KEPT = ["declarations", "compiled"].map((name) => join(ROOT, ".cache", "jupyter", name));
const OUTPUT = new Set(["display_data", "stream", "error", "execute_result"]);

interface Used {
  readonly parent: number;
  readonly ticks: number;
}

/** Of a process and its ended children; undefined if it is gone. */
function usedBy(pid: string): Used | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    return { parent: Number(fields[1]), ticks };
  } catch {
    return undefined;
  }
}

/** Seconds of a process and all that it has started. */
function cpuOf(pid: number): number {
  const all = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const used = new Map(all.map((name) => [Number(name), usedBy(name)]));
  const ticks = (of: number): number =>
    [...used].reduce(
      (sum, [child, use]) => sum + (use?.parent === of ? ticks(child) : 0),
      used.get(of)?.ticks ?? 0,
    );
  return ticks(pid) / TICKS_PER_SECOND;
}

function firstCell(notebook: string): string {
  const file = join(ROOT, "notebooks", `${notebook}.ipynb`);
  const { cells } = JSON.parse(readFileSync(file, "utf8")) as {
    cells: { cell_type: string; source: string | string[] }[];
  };
  const { source } = cells.find(({ cell_type }) => cell_type === "code")!;
  return [source].flat().join("");
}

/** Until the kernel is ready, from there to the first output of the cell, and from there to its end. */
async function measure(
  code: string,
  reading: number,
): Promise<[start: number, first: number, rest: number]> {
  const kernel = await KernelClient.start();
  try {
    await sleep(reading);
    const ready = cpuOf(kernel.pid);
    const id = await kernel.sendCell(code);
    await kernel.until(() => kernel.of(id).some(({ type }) => OUTPUT.has(type)));
    const shown = cpuOf(kernel.pid);
    const { reply } = await kernel.ended(id);
    if (reply.status !== "ok") throw new Error(reply.evalue);
    return [ready, shown - ready, cpuOf(kernel.pid) - shown];
  } finally {
    await kernel.close();
  }
}

async function main(): Promise<void> {
  let missed = false;
  for (const notebook of NOTEBOOKS) {
    const code = firstCell(notebook);
    for (const { when, isFirst, reading, aim } of CASES) {
      const rounds: [number, number, number][] = [];
      for (let i = 0; i < ROUNDS; i++) {
        if (isFirst) for (const folder of KEPT) rmSync(folder, { recursive: true, force: true });
        rounds.push(await measure(code, reading));
      }
      const [start, first, rest] = [0, 1, 2].map((k) => median(rounds.map((round) => round[k])));
      missed ||= first > aim;
      console.log(
        `${notebook}, ${when}: ${first.toFixed(1)} CPU-s to the first output (wanted: ${aim}), ${start.toFixed(1)} before, ${rest.toFixed(1)} after`,
      );
    }
  }
  process.exitCode = missed ? 1 : 0;
}

void main();
