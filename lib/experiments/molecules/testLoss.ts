import { engine } from "../../engine/load";
import { Parameters } from "../../engine/parameters";
import type { Evaluation } from "../../loop/evaluation";
import { geoDiff } from "../../models/geodiff/index";
import { noiseSchedule } from "../../models/geodiff/schedule";
import type { MoleculesConfig } from "./config";
import { networkParameters } from "./conformerSampler";
import { EVALUATION_STREAM } from "./evaluationStream";
import { json } from "./json";
import { levelLosses } from "./levelLosses";

/** Artefact [{t, sigma, global, local}]: the loss by noise level. */
export const LEVELS = "levels.json";

/**
 * Test loss on all test conformers:
 *
 * - `loss` = `global` + `local`: the weighted variational bound per atom (Figure 4), on a fixed grid of
 *   noise levels, with noise that is the same for every model.
 */
export const testLoss: Evaluation<MoleculesConfig> = {
  version: 1,
  async run({ model, evaluation }, { weights, test }, context) {
    const { tf } = engine();
    const parameters = new Parameters(networkParameters(model, weights));
    const values = parameters.read();
    try {
      const { loss, levels } = await levelLosses(
        geoDiff(model),
        values,
        noiseSchedule(model.noiseSchedule),
        test,
        evaluation.levels,
        EVALUATION_STREAM.at("noise"),
        (done) => context.progress(done, test.length),
      );
      return {
        metrics: { loss: loss.global + loss.local, ...loss },
        artefacts: { [LEVELS]: json(levels) },
      };
    } finally {
      tf.dispose(values);
      parameters.dispose();
    }
  },
};
