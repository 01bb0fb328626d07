import type { RunStore } from "../store/runStore";
import type { Hooks } from "./hooks";
import type { Job } from "./jobs";

/** Runs generations somewhere. */
export interface Executor {
  /** How many generations it runs at once. */
  readonly concurrency: number;
  /** Makes one generation; rejects with the error that stopped it. */
  run(job: Job, store: RunStore, hooks: Hooks): Promise<void>;
  /** Ends child processes, if there are any. */
  close(): Promise<void>;
}
