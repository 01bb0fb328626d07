import { concatArrays } from "../../concatArrays";
import type { FitContext } from "../../loop/task";
import { molecularGraph } from "../../models/geodiff/graph";
import { geoDiff } from "../../models/geodiff/index";
import { GeoDiffAdam } from "../../models/geodiff/optimiser";
import { antitheticLevels, noiseSchedule } from "../../models/geodiff/schedule";
import type { View } from "../../pool/view";
import type { Weights } from "../../store/weights";
import { train } from "../../training/train";
import { conditioningOf, saveConditioning } from "./conditioning";
import type { MoleculesConfig } from "./config";
import { conformersIn } from "./conformers";
import { microBatches, moleculeGradients } from "./gradients";

/**
 * Trains a fresh GeoDiff on the view. Records: see {@link train}; `loss`, per atom, is `global` +
 * `local`.
 * @returns the parameters, and the molecules of the view, of which conformers can be sampled
 */
export async function fit(
  config: MoleculesConfig,
  view: View,
  context: FitContext,
): Promise<Weights> {
  const conditioning = conditioningOf(view);
  const graphs = new Map(
    conditioning.molecules.map(({ number, molecule }) => [number, molecularGraph(molecule)]),
  );
  const schedule = noiseSchedule(config.model.noiseSchedule);
  const levels = context.streams.get("noise-levels");
  const noises = context.streams.get("noise");
  const { microBatches: count = 1 } = config.training;
  const weights = await train(
    {
      training: config.training,
      items: view.length,
      model: config.model,
      initial: (stream) => geoDiff(config.model).initial(stream),
      optimiser: (parameters, resume) => new GeoDiffAdam(parameters, {}, resume),
      gradients: moleculeGradients,
      batch(items, step) {
        const conformers = conformersIn(view.gather(items));
        const positions = concatArrays(
          Float32Array,
          conformers.map((conformer) => conformer.positions),
        );
        const noise = noises.at(step).normals(new Float32Array(positions.length));
        const times = antitheticLevels(schedule.steps, conformers.length, levels.at(step));
        const sigma = Float64Array.from(times, (t) => schedule.sigma[t]);
        const molecules = conformers.map(({ number }) => graphs.get(number)!);
        return microBatches(molecules, { positions, noise, sigma }, count);
      },
      terms: ["global", "local"],
      unit: "conformers",
      count: (batch) => batch.reduce((sum, { graphs }) => sum + graphs.length, 0),
      recordEvery: 20,
    },
    context,
  );
  return { ...weights, ...saveConditioning(conditioning) };
}
