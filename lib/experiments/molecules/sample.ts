import type { Context } from "../../loop/task";
import { molecularGraph } from "../../models/geodiff/graph";
import type { Batch } from "../../pool/schema";
import type { Weights } from "../../store/weights";
import { apportion } from "./apportion";
import { loadConditioning } from "./conditioning";
import type { MoleculesConfig } from "./config";
import { sampleAll } from "./conformerSampler";
import { conformerBatch } from "./conformers";

/**
 * Conformers of the molecules that the model was trained on, in the proportions of the training set
 * (exactly, for as many items as that). Item i depends on `streams.get("sampling").at(i)` alone; a
 * diverged one is sampled again, which its `draws` count.
 */
export async function* sample(
  config: MoleculesConfig,
  weights: Weights,
  count: number,
  context: Context,
): AsyncGenerator<Batch> {
  const { molecules } = loadConditioning(weights);
  const graphs = molecules.map(({ molecule }) => molecularGraph(molecule));
  const order = apportion(
    molecules.map(({ conformers }) => conformers),
    count,
  );
  const sampling = context.streams.get("sampling");
  const requests = Array.from(order, (m, i) => ({
    graph: graphs[m],
    stream: sampling.at(i),
    name: `molecule ${molecules[m].number}`,
  }));
  let done = 0;
  for await (const samples of sampleAll(config, weights, requests, context)) {
    yield conformerBatch(
      samples.map((sample, k) => {
        const { number, molecule } = molecules[order[done + k]];
        return { number, molecule, ...sample };
      }),
    );
    done += samples.length;
  }
}
