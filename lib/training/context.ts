import type { Streams } from "../random/streams";
import type { Weights } from "../store/weights";

/** A fit that can be continued. */
export interface Checkpoint {
  /** Steps finished. */
  readonly step: number;
  /** Parameters, optimiser moments and whatever else the fit needs. */
  readonly state: Weights;
}

/** What a training loop needs of its surroundings; a task's `FitContext` has it. */
export interface TrainingContext {
  readonly streams: Streams;
  /** Maximum number of threads; the result does not depend on it. Default: 1. */
  readonly threads?: number;
  readonly resume?: Checkpoint;
  /** Reports progress; throws to stop. */
  progress(done: number, total: number, values?: Readonly<Record<string, number>>): Promise<void>;
  record(values: Readonly<Record<string, number>>): void;
  checkpoint(state: Checkpoint): Promise<void>;
  checkpointDue(): boolean;
}
