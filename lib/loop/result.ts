import * as path from "node:path";
import { suggestion, UserError } from "../errors";
import type { CurationCounts } from "../pool/curation/curate";
import type { Manifest } from "../store/manifest";
import type { RunStore } from "../store/runStore";
import type { GenerationResult } from "./chain";
import { ITEMS, MODEL, TRAINING } from "./files";
import type { Job } from "./jobs";
import type { Stage } from "./stages";

/**
 * The finished stages of a generation, joined.
 * @throws UserError if two evaluations give a metric or an artefact the same name
 */
export function resultOf({ generation, stages, task }: Job, store: RunStore): GenerationResult {
  const { fit, block, evaluations } = stages;
  const metrics: Record<string, number> = {};
  const givers = new Map<string, string>();
  const files = new Map<string, Stage>([MODEL, TRAINING].map((name) => [name, fit]));
  for (const stage of evaluations) {
    const { result, files: artefacts } = store.use("evaluation", stage.address);
    for (const [name, value] of Object.entries(result.metrics as Record<string, number>)) {
      if (givers.has(name)) throw clash(task.name, "metric", name, givers.get(name)!, stage.name);
      givers.set(name, stage.name);
      metrics[name] = value;
    }
    for (const name of Object.keys(artefacts)) {
      const other = files.get(name);
      if (other) throw clash(task.name, "artefact", name, other.name, stage.name);
      files.set(name, stage);
    }
  }
  return {
    n: generation.n,
    fit: fit.address,
    block: block.address,
    evaluations: Object.fromEntries(evaluations.map(({ name, address }) => [name, address])),
    metrics,
    trainedOn: store.read("fit", fit.address).result.trainedOn as Record<string, number>,
    ...(generation.plan.curate ? { curated: countsIn(store.use("block", block.address)) } : {}),
    items: path.join(store.folder("block", block.address), ITEMS),
    artefact(name) {
      const stage = files.get(name);
      if (!stage)
        throw new UserError(
          `A generation of task "${task.name}" has no artefact "${name}".${suggestion(name, [...files.keys()])}`,
        );
      store.use(stage.kind, stage.address);
      return path.join(store.folder(stage.kind, stage.address), name);
    },
  };
}

function countsIn({ result }: Manifest): CurationCounts {
  const { drawn, kept, changed } = result as Record<string, number>;
  return { drawn, kept, changed };
}

function clash(task: string, what: string, name: string, one: string, other: string): UserError {
  return new UserError(
    `Task "${task}" has two evaluations, "${one}" and "${other}", that give ${what === "artefact" ? "an artefact" : "a metric"} "${name}". Give one of them another name, and raise its version.`,
  );
}
