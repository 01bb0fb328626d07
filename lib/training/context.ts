import type { Streams } from "../random/streams";
import type { Weights } from "../store/weights";

/** A fit that can be continued. */
export interface Checkpoint {
  /** Steps finished. */
  readonly step: number;
  /** Parameters, optimiser moments and whatever else the fit needs. */
  readonly state: Weights;
}

/** What a training loop needs of its surroundings. */
export interface TrainingContext {
  readonly streams: Streams;
  /** Maximum number of threads; the result does not depend on it. Default: 1. */
  readonly threads?: number;
  /** The last checkpoint of an interrupted fit of this very generation, if any. */
  readonly resume?: Checkpoint;
  /** Reports progress; throws to stop. */
  progress(done: number, total: number, values?: Readonly<Record<string, number>>): Promise<void>;
  /** One training record (loss curves); kept in the fit's `training.jsonl`. Nothing in it may depend
   * on time or memory: the same fit has the same records. */
  record(values: Readonly<Record<string, number>>): void;
  /** Saves a checkpoint now, atomically. A fit resumed from it must end with the same bits. */
  checkpoint(state: Checkpoint): Promise<void>;
  /** Whether enough time has passed since the last checkpoint that one is due. */
  checkpointDue(): boolean;
}
