import { engine } from "../../engine/load";
import { Parameters } from "../../engine/parameters";
import { Cancelled } from "../../errors";
import { molecularGraph } from "../../models/geodiff/graph";
import { geoDiff } from "../../models/geodiff/index";
import type { Batch } from "../../pool/schema";
import type { Context } from "../../task/task";
import type { Weights } from "../../task/weights";
import { loadConditioning } from "./conditioning";
import type { MoleculesConfig } from "./config";
import { conformerBatch } from "./conformers";
import { deal } from "./deal";
import { drawConformers } from "./draw";

/**
 * Conformers of the molecules that the model was trained on, in turn, so that a synthetic set has as
 * many of each as the training set had in proportion (all of them, for as many items). Item i depends
 * on `streams.get("sampling").at(i)` alone; a diverged one is drawn again, which its `draws` tell.
 */
export async function* sample(
  config: MoleculesConfig,
  weights: Weights,
  count: number,
  { streams, signal, progress }: Context,
): AsyncGenerator<Batch> {
  const { tf } = engine();
  const { molecules } = loadConditioning(weights);
  const graphs = molecules.map(({ molecule }) => molecularGraph(molecule));
  const turns = deal(
    molecules.map(({ conformers }) => conformers),
    count,
  );
  const sampling = streams.get("sampling");
  const wanted = Array.from(turns, (m, i) => ({
    graph: graphs[m],
    stream: sampling.at(i),
    name: `molecule ${molecules[m].number}`,
  }));
  const { model, parameters } = restored(config, weights);
  const values = parameters.read();
  let done = 0;
  try {
    for (const drawn of drawConformers(model, values, config, wanted)) {
      yield conformerBatch(
        drawn.map((conformer, k) => {
          const { number, molecule } = molecules[turns[done + k]];
          return { number, molecule, ...conformer };
        }),
      );
      done += drawn.length;
      await progress(done, count);
      if (signal.aborted) throw new Cancelled();
    }
  } finally {
    tf.dispose(values);
    parameters.dispose();
  }
}

/** The network of a config with its parameters; the conditioning beside them is left out. */
export function restored(config: MoleculesConfig, weights: Weights) {
  const model = geoDiff(config.model);
  const own = Object.entries(weights).filter(([name]) => name in model.shapes);
  return { model, parameters: new Parameters(Object.fromEntries(own)) };
}
