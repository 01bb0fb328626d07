import { Cancelled } from "../errors";
import type { Chain, GenerationResult } from "../loop/chain";
import type { Task } from "../loop/task";
import { metricsOf, placeOf, type RowPlace } from "./chainRows";
import type { Row } from "./experiment";
import { chainsOf, type Preset, type Variant } from "./preset";
import type { Session } from "./session";

/** A finished generation of a preset's chain. */
export interface PresetGeneration<Role extends string = string> {
  readonly variant: Variant<Role>;
  readonly chain: Chain;
  readonly generation: GenerationResult;
  /** Columns variant, regime, seed and iteration of its rows. */
  readonly place: RowPlace & Row;
  /** The other columns of its row of kind "metrics". */
  readonly metrics: Row;
}

/**
 * Runs all chains of a preset through the model–data loop.
 * @param title of the progress bar
 * @param iterationOfReal 0 or 1, as the paper's figure counts
 * @returns every generation, chain by chain, in the order of {@link chainsOf}
 */
export async function runPreset<C extends object, Role extends string>(
  session: Session,
  title: string,
  task: Task<C>,
  preset: Preset<C, Role>,
  iterationOfReal: 0 | 1,
): Promise<PresetGeneration<Role>[]> {
  const planned = chainsOf(task, preset);
  const results = await session.chains(
    title,
    planned.map(({ chain }) => chain),
  );
  return results.flatMap(({ generations }, i) =>
    generations.map((generation) => {
      const { variant, chain } = planned[i];
      const place = placeOf(chain, generation, iterationOfReal, variant.name);
      return { variant, chain, generation, place, metrics: metricsOf(generation) };
    }),
  );
}

/**
 * The rows of a preset: of each generation one of kind "metrics", and those that `more` reads from
 * what the generation left in the run store.
 * @param more kinds other than "metrics", without the place's columns; metrics to add to the first
 * @throws Cancelled when the session is aborted
 */
export async function presetRows<Role extends string>(
  session: Session,
  title: string,
  generations: readonly PresetGeneration<Role>[],
  more: (generation: PresetGeneration<Role>) => MoreRows | Promise<MoreRows>,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [done, generation] of generations.entries()) {
    const { place, metrics } = generation;
    const { run, ...measured } = metrics;
    const { metrics: added = {}, rows: others = [] } = await more(generation);
    rows.push({ kind: "metrics", ...place, ...measured, ...added, run });
    for (const { kind, ...rest } of others) rows.push({ kind, ...place, ...rest });
    session.progress(title, done + 1, generations.length);
    if (session.signal.aborted) throw new Cancelled();
  }
  return rows;
}

export interface MoreRows {
  readonly metrics?: Row;
  readonly rows?: readonly Row[];
}
