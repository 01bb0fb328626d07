import type { Row } from "../experiment";
import type { Session } from "../session";
import { type Conditions, conditionsOf } from "./conditions";
import { loopRows } from "./loopRows";
import type { LinearPreset, Variant } from "./preset";
import { slopeRows, testErrorRows } from "./rows";
import { exactPathsOfSeeds } from "./simulate";

/** Exact draws per chain of the loop that they stand beside: they cost next to nothing. */
const DRAWS_PER_CHAIN = 10;

/** Raise it when exact draws give other numbers for the same conditions. */
const VERSION = 3;
const TITLE = "Linear regression";

/**
 * Test errors of every condition of the preset: one row per condition, regime and iteration, over
 * all seeds. Variants that run through the loop have its rows and those of the exact draw.
 */
export async function runLinear(preset: LinearPreset, session: Session): Promise<Row[]> {
  const jobs = exactJobs(preset);
  const total = jobs.reduce((sum, { conditions }) => sum + conditions.seeds, 0);
  const rows: Row[] = [];
  let before = 0;
  for (const { variant, conditions, identity } of jobs) {
    const progress = (seeds: number) => session.progress(TITLE, before + seeds, total);
    rows.push(
      ...(await session.rows(identity, () =>
        exactDrawRows(variant, conditions, session, progress),
      )),
    );
    before += conditions.seeds;
    progress(0);
  }
  for (const variant of preset.variants)
    if (variant.simulation === "loop") rows.push(...(await loopRows(preset, variant, session)));
  return rows;
}

/** The exact draws of a preset: conditions, and what identifies their rows in the run store. */
export interface ExactJob {
  readonly variant: Variant;
  readonly conditions: Conditions;
  readonly identity: Readonly<Record<string, unknown>>;
}

export function exactJobs(preset: LinearPreset): ExactJob[] {
  return preset.variants.flatMap((variant) =>
    conditionsOf(preset, variant).map((found) => {
      const conditions = { ...found, seeds: found.seeds * drawsPerChain(variant) };
      const { regime, ...key } = conditions;
      const kind = { name: "linear", version: VERSION, role: variant.role };
      return { variant, conditions, identity: { ...kind, regime: regime.name, ...key } };
    }),
  );
}

function drawsPerChain({ simulation }: Variant): number {
  return simulation === "loop" ? DRAWS_PER_CHAIN : 1;
}

async function exactDrawRows(
  variant: Variant,
  conditions: Conditions,
  session: Pick<Session, "signal">,
  progress: (seeds: number) => void,
): Promise<Row[]> {
  const { regime, each, sigma2, iterations } = conditions;
  const paths = await exactPathsOfSeeds(conditions, session.signal, progress);
  return each.flatMap((condition, level) => {
    const { d, T } = condition;
    const simulation = "exact draw";
    const place = { variant: variant.name, d, T, sigma2: sigma2[level], simulation } as const;
    const levelPaths = paths.map((levels) => levels[level]);
    return [
      ...testErrorRows(
        place,
        regime,
        condition,
        levelPaths,
        recordedIterations(variant, iterations),
      ),
      ...(variant.role === "paper" ? slopeRows(place, regime, condition, levelPaths) : []),
    ];
  });
}

const RECORDED = [12, 15, 20, 25, 30, 40, 50, 60, 80, 100, 120, 150, 200, 250, 300];

/** Iterations that go into the records: all of a figure's, every one to 10 and then fewer of a sweep's. */
function recordedIterations({ role }: Pick<Variant, "role">, iterations: number): number[] {
  const all = Array.from({ length: iterations }, (_, i) => i + 1);
  if (role !== "sweep" && role !== "subsample") return all;
  return all.filter((n) => n <= 10 || RECORDED.includes(n) || n === iterations);
}
