import { engine } from "../../engine/load";
import { Parameters } from "../../engine/parameters";
import type { EvaluationResult } from "../../loop/evaluation";
import type { Context } from "../../loop/task";
import { molecularGraph } from "../../models/geodiff/graph";
import { geoDiff } from "../../models/geodiff/index";
import { noiseSchedule } from "../../models/geodiff/schedule";
import type { Block } from "../../pool/block";
import { Stream } from "../../random/stream";
import type { Weights } from "../../store/weights";
import type { MoleculesConfig } from "./config";
import { conformerMetrics, type GeneratedEnsemble } from "./conformerMetrics";
import { networkParameters, sampleAll } from "./conformerSampler";
import { ensemblesIn } from "./ensembles";
import { divergedDraws } from "./sampleWithRetries";
import { testLoss } from "./testLoss";

/** Generated conformers for each real one, as in GeoDiff's evaluation. */
const TIMES = 2;
/** Molecules whose first generated conformers are kept to be drawn. */
export const SHOWN = 3;

/** Not of a seed or generation: every model is asked the same questions. */
const FIXED = new Stream(["molecules", "evaluation"]);

/** JSON files beside the metrics. */
export const FILES = {
  /** [{t, sigma, global, local}]: the loss by noise level. */
  levels: "levels.json",
  /** [{threshold, covR, covP}] over the published grid. */
  coverage: "coverage.json",
  /** [{number, positions}]: one generated conformer of the first few held-out molecules. */
  conformers: "conformers.json",
} as const;

/** A generated conformer that is kept to be drawn. */
export interface Shown {
  /** Number of its molecule in the real data. */
  readonly number: number;
  /** 3N coordinates, ångström. */
  readonly positions: readonly number[];
}

/**
 * Test loss on all held-out conformers, and conformers sampled for some held-out molecules, twice as
 * many as each has real ones, by the sampler that also makes the next training set.
 *
 * - `loss` = `global` + `local`: the weighted variational bound per atom (Figure 4), on
 *   a fixed grid of noise levels and from noise that is the same for every model;
 * - `covR`, `covP`, `matR`, `matP`: coverage at 1.25 Å and matching (Å), means over molecules;
 * - `jsBonds`, `jsAngles`, `jsTorsions`, `clashes`, `brokenBonds`, `energy`: see {@link conformerMetrics};
 * - `diverged`: fresh starts that the sampler needed because a run diverged.
 *
 * Artefacts: {@link FILES}.
 */
export async function evaluate(
  config: MoleculesConfig,
  weights: Weights,
  test: Block,
  context: Context,
): Promise<EvaluationResult> {
  const { tf } = engine();
  const model = geoDiff(config.model);
  const parameters = new Parameters(networkParameters(config.model, weights));
  const values = parameters.read();
  const ensembles = ensemblesIn(test, config.evaluation.molecules);
  const conformers = ensembles.reduce((sum, e) => sum + TIMES * e.conformers.length, 0);
  const total = test.length + conformers;
  try {
    const { loss, levels } = await testLoss(
      model,
      values,
      noiseSchedule(config.model.noiseSchedule),
      test,
      config.evaluation.levels,
      FIXED.at("noise"),
      (done) => context.progress(done, total),
    );
    const { compared, diverged } = await generated(config, weights, ensembles, {
      ...context,
      progress: (done) => context.progress(test.length + done, total),
    });
    const { metrics, curve } = conformerMetrics(compared);
    const shown: Shown[] = compared
      .slice(0, SHOWN)
      .map(({ number, generated }) => ({ number, positions: [...generated[0]] }));
    return {
      metrics: { loss: loss.global + loss.local, ...loss, ...metrics, diverged },
      artefacts: {
        [FILES.levels]: json(levels),
        [FILES.coverage]: json(curve),
        [FILES.conformers]: json(shown),
      },
    };
  } finally {
    tf.dispose(values);
    parameters.dispose();
  }
}

async function generated(
  config: MoleculesConfig,
  weights: Weights,
  ensembles: ReturnType<typeof ensemblesIn>,
  context: Context,
): Promise<{ readonly compared: GeneratedEnsemble[]; readonly diverged: number }> {
  const wanted = ensembles.flatMap(({ number, molecule, conformers }) => {
    const graph = molecularGraph(molecule);
    return Array.from({ length: TIMES * conformers.length }, (_, k) => ({
      ...{ graph, number, name: molecule.id ?? "a held-out molecule" },
      stream: FIXED.at("conformers", number, k),
    }));
  });
  const positions: Float32Array[] = [];
  let diverged = 0;
  for await (const drawn of sampleAll(config, weights, wanted, context))
    for (const conformer of drawn) {
      positions.push(conformer.positions);
      diverged += divergedDraws(conformer.draws);
    }
  let at = 0;
  const compared = ensembles.map((ensemble) => {
    const from = at;
    at += TIMES * ensemble.conformers.length;
    return { ...ensemble, generated: positions.slice(from, at) };
  });
  return { compared, diverged };
}

const json = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));
