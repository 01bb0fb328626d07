import * as fs from "node:fs";
import * as path from "node:path";
import type { GenerationResult } from "../../loop/chain";
import { DiskBlock } from "../../pool/diskBlock";
import type { Row } from "../experiment";
import { realFolder } from "../realFolder";
import { presetRows, runPreset } from "../runPreset";
import type { Session } from "../session";
import type { MoleculesConfig } from "./config";
import { structureMetrics, type ThresholdCoverage } from "./conformerMetrics";
import { ensemblesIn } from "./ensembles";
import { FILES, SHOWN, type Shown } from "./evaluate";
import { conformerRow, referenceRow } from "./pictures";
import type { MoleculesPreset } from "./preset";
import { divergedDraws } from "./sampleWithRetries";
import { moleculesTask, SMILES } from "./task";
import type { LevelLoss } from "./testLoss";

/** The seed whose conformers are kept to be drawn. */
const DRAWN = 0;
/** Raise it when the same real data give other rows. */
const VERSION = 2;

/**
 * Rows of every generation, each with its variant, regime, seed and iteration (0 = real data):
 *
 * - `metrics`: test metrics, and of the sampled block `poolDiverged`, fresh starts that it took;
 * - `level`: test loss by noise level;
 * - `coverage`: COV by threshold;
 * - `warning`: a sentence where the sampler diverged;
 * - `conformer`, of the first seed: one generated conformer of the first few held-out molecules.
 *
 * And once: `baseline`, what {@link structureMetrics} gives for real conformers (training ones against
 * held-out ones), and `reference`, the real conformers of the molecules that are drawn.
 */
export async function runMolecules(preset: MoleculesPreset, session: Session): Promise<Row[]> {
  const generations = await runPreset(session, "Molecule diffusion", moleculesTask, preset, 0);
  const rows = await presetRows(session, "Sampled conformers", generations, (entry) => {
    const poolDiverged = divergedIn(entry.generation);
    const text = warning(Number(entry.metrics.diverged), poolDiverged);
    return {
      metrics: { poolDiverged },
      rows: [
        ...generationRows(entry.generation, entry.chain.seed === DRAWN),
        ...(text ? [{ kind: "warning", text }] : []),
      ],
    };
  });
  const [{ chain, generation }] = generations;
  const config = chain.config as MoleculesConfig;
  return [...rows, ...(await realRows(session, generation.fit, config))];
}

function generationRows({ artefact }: GenerationResult, shown: boolean): Row[] {
  const read = <T>(name: string) => JSON.parse(fs.readFileSync(artefact(name), "utf8")) as T;
  return [
    ...read<LevelLoss[]>(FILES.levels).map((level) => ({ kind: "level", ...level })),
    ...read<ThresholdCoverage[]>(FILES.coverage).map((point) => ({ kind: "coverage", ...point })),
    ...(shown
      ? read<Shown[]>(FILES.conformers).map((conformer) => ({
          ...{ kind: "conformer", ...conformerRow(conformer) },
        }))
      : []),
  ];
}

/** Fresh starts that a generation's sampled block took. */
function divergedIn({ items }: GenerationResult): number {
  const block = DiskBlock.open(items);
  try {
    const { draws } = block.range(0, block.length).columns;
    return Array.from(draws.data).reduce((sum, count) => sum + divergedDraws(count), 0);
  } finally {
    block.close();
  }
}

function warning(evaluated: number, pool: number): string | undefined {
  if (evaluated + pool === 0) return undefined;
  return `The sampler diverged ${pool} times on the next training set and ${evaluated} times on held-out molecules; each time the conformer was drawn again from other random numbers.`;
}

/** What real conformers give, from the real data of a generation. */
function realRows(session: Session, generation: string, config: MoleculesConfig): Promise<Row[]> {
  const folder = realFolder(session.store, generation);
  const { molecules } = config.evaluation;
  const key = { name: "real molecules", version: VERSION, real: path.basename(folder), molecules };
  return session.rows(key, () => {
    const [train, test] = ["train", "test"].map((part) => {
      const block = DiskBlock.open(path.join(folder, part));
      try {
        return ensemblesIn(block, part === "test" ? molecules : undefined);
      } finally {
        block.close();
      }
    });
    const held = test.map((ensemble) => ({ ...ensemble, generated: ensemble.conformers }));
    const smiles = JSON.parse(fs.readFileSync(path.join(folder, SMILES), "utf8")) as string[];
    return [
      { kind: "baseline", ...structureMetrics(held, train) },
      ...test.slice(0, SHOWN).map((ensemble) => ({
        ...{ kind: "reference", smiles: smiles[ensemble.number], ...referenceRow(ensemble) },
      })),
    ];
  });
}
