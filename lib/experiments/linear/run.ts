import { setImmediate } from "node:timers/promises";
import { Cancelled } from "../../errors";
import { type Summary, summarise } from "../../metrics/statistics";
import type { Row } from "../experiment";
import type { Session } from "../session";
import type { LinearPreset } from "./presets";
import { type Cell, cellsOf, recorded } from "./settings";
import { simulateSeed } from "./simulate";
import { growthSlope } from "./slope";

/** Raise it when the simulations give other numbers for the same settings. */
const VERSION = 3;
const TITLE = "Linear regression";

/** Mean test errors of every setting of the preset: one row a setting, regime and iteration. */
export async function runLinear(preset: LinearPreset, session: Session): Promise<Row[]> {
  const cells = cellsOf(preset);
  const total = cells.reduce((sum, cell) => sum + cell.seeds, 0);
  const rows: Row[] = [];
  let before = 0;
  for (const cell of cells) {
    const method = ofPaper(cell) ? preset.method : "exact";
    const key = { name: "linear", version: VERSION, method, ...cell };
    rows.push(
      ...(await session.rows(key, () =>
        simulateCell(cell, method, session, (seed) =>
          session.progress(TITLE, before + seed, total),
        ),
      )),
    );
    before += cell.seeds;
    session.progress(TITLE, before, total);
  }
  return rows;
}

/** Literal simulation of the sequel's sweep would take a day and show the same. */
function ofPaper({ part }: Cell): boolean {
  return part !== "sweep" && part !== "subsample";
}

async function simulateCell(
  cell: Cell,
  method: LinearPreset["method"],
  session: Pick<Session, "signal">,
  progress: (seed: number) => void,
): Promise<Row[]> {
  const { part, variant, regime, d, T, sigma2, seeds } = cell;
  const paths: Float64Array[][] = [];
  let drawn = Date.now();
  for (let seed = 0; seed < seeds; seed++) {
    paths.push(await simulateSeed(cell, seed, method));
    if (Date.now() - drawn < 100) continue;
    progress(seed + 1);
    await setImmediate(); // lets an interrupt and the screen get through
    if (session.signal.aborted) throw new Cancelled();
    drawn = Date.now();
  }
  return sigma2.flatMap((variance, level) => {
    const own = paths.map((path) => path[level]);
    const setting = { part, variant, regime, d, T, sigma2: variance };
    const errors = recorded(cell).map((iteration) => ({
      ...setting,
      kind: "test-error",
      iteration,
      ...rounded(statistics(own.map((path) => path[iteration - 1]))),
    }));
    if (part !== "figure-16") return errors;
    const slopes = own.map((path) => growthSlope(regime, path));
    const slope = { ...setting, kind: "slope", iteration: cell.iterations };
    return [...errors, { ...slope, ...rounded(statistics(slopes)) }];
  });
}

/** The mean's statistics, and the median, which exists where a heavy tail has no mean. */
export function statistics(values: readonly number[]): Summary & { readonly median: number } {
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const median = sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  return { ...summarise(values), median };
}

/** Eight digits: far below any standard error, and half the size on disk. */
function rounded<T extends object>(summary: T): { [K in keyof T]: T[K] } {
  const entries = Object.entries(summary).map(([key, value]) => [
    key,
    typeof value === "number" ? Number(value.toPrecision(8)) : value,
  ]);
  return Object.fromEntries(entries) as { [K in keyof T]: T[K] };
}
