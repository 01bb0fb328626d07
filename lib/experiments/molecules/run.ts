import type { Row } from "../experiment";
import { presetRows, runPreset } from "../runPreset";
import type { Session } from "../session";
import { conformerRows, coverageRows, levelRows, realRows } from "./artefactRows";
import type { MoleculesPreset } from "./preset";
import { moleculesTask } from "./task";

/** The seed whose conformers are recorded. */
const SHOWN = 0;

/**
 * Rows of every generation, each with its variant, regime, seed and iteration (0 = real data):
 *
 * - `metrics`: test metrics;
 * - `level`: test loss by noise level;
 * - `coverage`: COV by threshold;
 * - `conformer`, for the first seed: one generated conformer of the first few test molecules;
 * - `warning`: a sentence if the sampler diverged.
 *
 * And once: `baseline`, the metrics of real conformers (training ones against test ones), and
 * `reference`, the real conformers of the molecules shown in figures.
 */
export async function runMolecules(preset: MoleculesPreset, session: Session): Promise<Row[]> {
  const generations = await runPreset(session, "Molecule diffusion", moleculesTask, preset, 0);
  const rows = await presetRows(session, "Records", generations, ({ chain, generation }) => ({
    rows: [
      ...levelRows(generation),
      ...coverageRows(generation),
      ...(chain.seed === SHOWN ? conformerRows(generation) : []),
      ...warningRows(generation.metrics),
    ],
  }));
  return [...rows, ...realRows(generations[0].generation)];
}

function warningRows({ diverged, poolDiverged }: Readonly<Record<string, number>>): Row[] {
  if (diverged + poolDiverged === 0) return [];
  const text = `The sampler diverged ${poolDiverged} times on the next training set and ${diverged} times on test molecules; each time the conformer was sampled again from other random numbers.`;
  return [{ kind: "warning", text }];
}
