import * as fs from "node:fs";
import * as path from "node:path";
import type { View } from "../pool/view";
import { addressOf } from "../store/address";
import { writeFileAtomic } from "../store/atomic";
import type { Draft, RunStore } from "../store/runStore";
import { encodeSafetensors, readSafetensors } from "../store/safetensors";
import type { Weights } from "../store/weights";
import type { GenerationIdentity } from "./chain";
import { Checkpoints, type TrainingRecord } from "./checkpoints";
import { formatLines } from "./jsonLines";
import type { FitContext, Task } from "./task";

const MODEL = "model.safetensors";
const TRAINING = "training.jsonl";

/**
 * The fitted model of a generation: from its draft if the fit was finished before a kill, from a
 * finished generation that trained on the same view (replace and replace-multiple share model 1),
 * or by fitting, from the last checkpoint if there is one.
 */
export async function fitted<C>(
  task: Task<C>,
  identity: GenerationIdentity,
  view: View,
  draft: Draft,
  store: RunStore,
  context: Pick<FitContext, "streams" | "signal" | "progress" | "test" | "threads">,
  checkpointSeconds: number,
  notice?: (sentence: string) => void,
): Promise<Weights> {
  const model = path.join(draft.folder, MODEL);
  if (!fs.existsSync(model) && !copySharedFit(task, identity, draft, store)) {
    const checkpoints = new Checkpoints(draft.scratch, notice);
    const found = checkpoints.load();
    const records: TrainingRecord[] = found?.records ?? [];
    let last = Date.now();
    const weights = await task.fit(identity.config as C, view, {
      ...context,
      generation: identity.n,
      record: (values) => {
        records.push(values);
      },
      ...(found ? { resume: found.checkpoint } : {}),
      checkpointDue: () => Date.now() - last >= checkpointSeconds * 1000,
      async checkpoint(state) {
        checkpoints.save(state, records);
        draft.saveTime();
        last = Date.now();
      },
    });
    writeFileAtomic(path.join(draft.folder, TRAINING), formatLines(records));
    writeFileAtomic(model, encodeSafetensors(weights));
  }
  // Read back even after a fresh fit: what is measured and sampled is exactly what is stored.
  return readSafetensors(model).weights;
}

/** Notes that a finished generation holds this fit, for regimes that differ only in what they sample. */
export function shareFit<C>(
  task: Task<C>,
  identity: GenerationIdentity,
  address: string,
  store: RunStore,
): void {
  const file = sharedFile(task, identity, store);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  writeFileAtomic(file, address);
}

function copySharedFit<C>(
  task: Task<C>,
  identity: GenerationIdentity,
  draft: Draft,
  store: RunStore,
): boolean {
  const file = sharedFile(task, identity, store);
  if (!fs.existsSync(file)) return false;
  const address = fs.readFileSync(file, "utf8");
  if (!store.has("generation", address)) return false;
  const from = store.folder("generation", address);
  for (const name of [TRAINING, MODEL])
    writeFileAtomic(path.join(draft.folder, name), fs.readFileSync(path.join(from, name)));
  return true;
}

function sharedFile<C>(task: Task<C>, identity: GenerationIdentity, store: RunStore): string {
  const { produce: _, ...trainedOn } = identity.plan;
  const config = task.fitKey ? task.fitKey(identity.config as C) : identity.config;
  return path.join(store.root, "fits", addressOf({ ...identity, config, plan: trainedOn }));
}
