import type { Evaluation } from "../../loop/evaluation";
import type { Context } from "../../loop/task";
import { molecularGraph } from "../../models/geodiff/graph";
import type { Weights } from "../../store/weights";
import type { MoleculesConfig } from "./config";
import { conformerMetrics, type GeneratedEnsemble } from "./conformerMetrics";
import { sampleAll } from "./conformerSampler";
import { ensemblesIn, type PoolEnsemble } from "./ensembles";
import { EVALUATION_STREAM } from "./evaluationStream";
import { json } from "./json";
import { divergedDraws } from "./sampleWithRetries";

/** Artefact [{threshold, covR, covP}]: coverage over the published grid. */
export const COVERAGE = "coverage.json";
/** Artefact [{number, positions}]: one generated conformer of the first few test molecules. */
export const CONFORMERS = "conformers.json";

/** Generated conformers per real one, as in GeoDiff's evaluation. */
const PER_REAL = 2;
/** Molecules of which a conformer is kept for figures. */
export const SHOWN = 3;

/** A generated conformer that is kept for figures. */
export interface ShownConformer {
  /** Number of its molecule in the real data. */
  readonly number: number;
  /** 3N coordinates, ångström. */
  readonly positions: readonly number[];
}

/**
 * Conformers sampled for some test molecules, twice as many as each has real ones, by the sampler that
 * also generates the next training set:
 *
 * - `covR`, `covP`, `matR`, `matP`: coverage at 1.25 Å and matching (Å), means over molecules;
 * - `jsBonds`, `jsAngles`, `jsTorsions`, `clashes`, `brokenBonds`, `energy`: see
 *   {@link StructureMetrics};
 * - `diverged`: number of fresh starts because a run of the sampler diverged.
 */
export const generatedConformers: Evaluation<MoleculesConfig> = {
  version: 1,
  sections: ["sampling", "evaluation"],
  async run(config, { weights, test }, context) {
    const ensembles = ensemblesIn(test, config.evaluation.molecules);
    const { compared, diverged } = await generate(config, weights, ensembles, context);
    const { metrics, curve } = conformerMetrics(compared);
    const shown: ShownConformer[] = compared
      .slice(0, SHOWN)
      .map(({ number, generated }) => ({ number, positions: [...generated[0]] }));
    return {
      metrics: { ...metrics, diverged },
      artefacts: { [COVERAGE]: json(curve), [CONFORMERS]: json(shown) },
    };
  },
};

/** Adds generated conformers to molecules, and counts the sampler's fresh starts. */
async function generate(
  config: MoleculesConfig,
  weights: Weights,
  ensembles: readonly PoolEnsemble[],
  context: Context,
): Promise<{ readonly compared: GeneratedEnsemble[]; readonly diverged: number }> {
  const requests = ensembles.flatMap(({ number, molecule, conformers }) => {
    const graph = molecularGraph(molecule);
    return Array.from({ length: PER_REAL * conformers.length }, (_, k) => ({
      ...{ graph, number, name: molecule.id ?? "a test molecule" },
      stream: EVALUATION_STREAM.at("conformers", number, k),
    }));
  });
  const positions: Float32Array[] = [];
  let diverged = 0;
  for await (const samples of sampleAll(config, weights, requests, context))
    for (const sample of samples) {
      positions.push(sample.positions);
      diverged += divergedDraws(sample.draws);
    }
  let next = 0;
  const compared = ensembles.map((ensemble) => {
    const first = next;
    next += PER_REAL * ensemble.conformers.length;
    return { ...ensemble, generated: positions.slice(first, next) };
  });
  return { compared, diverged };
}
