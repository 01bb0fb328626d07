import type { Context } from "../../loop/task";
import { molecularGraph } from "../../models/geodiff/graph";
import type { Batch } from "../../pool/schema";
import type { Weights } from "../../store/weights";
import { loadConditioning } from "./conditioning";
import type { MoleculesConfig } from "./config";
import { conformerBatch } from "./conformers";
import { deal } from "./deal";
import { drawAll } from "./drawer";

/**
 * Conformers of the molecules that the model was trained on, in turn, so that a synthetic set has as
 * many of each as the training set had in proportion (all of them, for as many items). Item i depends
 * on `streams.get("sampling").at(i)` alone; a diverged one is drawn again, which its `draws` tell.
 */
export async function* sample(
  config: MoleculesConfig,
  weights: Weights,
  count: number,
  context: Context,
): AsyncGenerator<Batch> {
  const { molecules } = loadConditioning(weights);
  const graphs = molecules.map(({ molecule }) => molecularGraph(molecule));
  const turns = deal(
    molecules.map(({ conformers }) => conformers),
    count,
  );
  const sampling = context.streams.get("sampling");
  const wanted = Array.from(turns, (m, i) => ({
    graph: graphs[m],
    stream: sampling.at(i),
    name: `molecule ${molecules[m].number}`,
  }));
  let done = 0;
  for await (const drawn of drawAll(config, weights, wanted, context)) {
    yield conformerBatch(
      drawn.map((conformer, k) => {
        const { number, molecule } = molecules[turns[done + k]];
        return { number, molecule, ...conformer };
      }),
    );
    done += drawn.length;
  }
}
