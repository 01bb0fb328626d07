import * as fs from "node:fs";
import * as path from "node:path";
import type { View } from "../pool/view";
import { writeFileAtomic } from "../store/atomic";
import type { Draft } from "../store/runStore";
import { encodeSafetensors } from "../store/safetensors";
import { Checkpoints, type TrainingRecord } from "./checkpoints";
import { MODEL, TRAINING } from "./files";
import type { Hooks } from "./hooks";
import { formatLines } from "./jsonLines";
import type { FitContext, Task } from "./task";

/**
 * Fits a model into a draft: not at all if that was done before a kill, else from the last
 * checkpoint, if there is one.
 */
export async function fitInto<C>(
  draft: Draft,
  task: Task<C>,
  config: C,
  view: View,
  context: Pick<FitContext, "streams" | "signal" | "progress" | "test" | "threads" | "generation">,
  { checkpointSeconds, notice }: Hooks,
): Promise<void> {
  const model = path.join(draft.folder, MODEL);
  if (fs.existsSync(model)) return;
  const checkpoints = new Checkpoints(draft.scratch, notice);
  const found = checkpoints.load();
  const records: TrainingRecord[] = found?.records ?? [];
  let last = Date.now();
  const weights = await task.fit(config, view, {
    ...context,
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
