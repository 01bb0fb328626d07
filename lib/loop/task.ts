import type { ZodType } from "zod";
import type { Block } from "../pool/block";
import type { Batch, Schema } from "../pool/schema";
import type { View } from "../pool/view";
import type { Streams } from "../random/streams";
import type { Weights } from "../store/weights";

/**
 * One modality: four pure functions around which the same loop runs.
 * A task sees its config, its data and named random streams; never the store, the regime or the
 * screen. `C` is its config, a plain JSON value.
 */
export interface Task<C> {
  /** Name in addresses and records, e.g. "images". */
  readonly name: string;
  /** Raise it when the task's results change for the same config; old generations then stay unused. */
  readonly version: number;
  /** Validates a config; unknown keys are refused. */
  readonly config: ZodType<C>;
  /** Absolute path of the file whose exports hold this task (`__filename`), so that a child process
   * can load it; absent = runs in this process only. */
  readonly module?: string;
  /** Whether the real data differ from seed to seed (regression) or are one data set (MNIST). */
  readonly seededData?: boolean;

  /**
   * The part of the config that determines the real data; generations that differ elsewhere then
   * share one copy. Default: the whole config.
   */
  dataKey?(config: C): unknown;
  /**
   * The part of the config that determines a fit, when the rest concerns only how it is sampled:
   * two temperatures then share the model of iteration 1. Default: the whole config.
   */
  fitKey?(config: C): unknown;
  /**
   * Environment variables that a process has to be started with to compute this config, such as
   * what a native library reads once. Child processes serve configs of one environment each.
   */
  environment?(config: C): Readonly<Record<string, string>>;
  /** What an item is made of. */
  schema(config: C): Schema;
  /** The real data: T training items and held-out test items. */
  loadReal(config: C, context: DataContext): Promise<RealData>;
  /** Trains a freshly initialised model on the view. */
  fit(config: C, view: View, context: FitContext): Promise<Weights>;
  /** Draws `count` items from the model, in chunks, in order. */
  sample(config: C, weights: Weights, count: number, context: Context): AsyncIterable<Batch>;
  /** Measures the model on the held-out real items. */
  evaluate(config: C, weights: Weights, test: Block, context: Context): Promise<Evaluation>;
}

export interface RealData {
  readonly train: AsyncIterable<Batch> | Iterable<Batch>;
  readonly test: AsyncIterable<Batch> | Iterable<Batch>;
  /** SHA-256 of each source file that was read, by name; empty for generated data. */
  readonly checksums: Readonly<Record<string, string>>;
  /** Where they came from, one line for captions: "MNIST (60,000 / 10,000)". */
  readonly description: string;
  /**
   * Files that belong to the data (a tokenizer): name → bytes. They lie in the data's folder of the
   * run store and are part of what a generation's address depends on.
   */
  readonly artefacts?: Readonly<Record<string, Uint8Array>>;
}

export interface Evaluation {
  /** Test metrics by name; every one must be finite. */
  readonly metrics: Readonly<Record<string, number>>;
  /** Small files worth keeping beside them (sample grids, spectra): name → bytes. */
  readonly artefacts?: Readonly<Record<string, Uint8Array>>;
}

export interface DataContext {
  readonly streams: Streams;
  /** Aborted when the run must stop. */
  readonly signal: AbortSignal;
}

export interface Context {
  /** Streams of this seed and generation. */
  readonly streams: Streams;
  readonly signal: AbortSignal;
  /** Threads that the work may use side by side. Its result must not depend on them. Default: 1. */
  readonly threads?: number;
  /** Reports work done, at most a few times a second; throws {@link Cancelled} when aborted. */
  progress(done: number, total: number, values?: Readonly<Record<string, number>>): Promise<void>;
}

export interface FitContext extends Context {
  /** n, 1 = real data. */
  readonly generation: number;
  /**
   * The held-out real items, for learning curves: a fit may measure them for its records, but must
   * choose nothing by them. Absent where a fit is called outside the loop.
   */
  readonly test?: Block;
  /** One training record (loss curves); kept in the generation's `training.jsonl`. */
  record(values: Readonly<Record<string, number>>): void;
  /** The last checkpoint of an interrupted fit of this very generation, if any. */
  readonly resume?: Checkpoint;
  /** Saves a checkpoint now, atomically. A fit resumed from it must end with the same bits. */
  checkpoint(state: Checkpoint): Promise<void>;
  /** Whether enough time has passed since the last checkpoint that one is due. */
  checkpointDue(): boolean;
}

export interface Checkpoint {
  /** Steps finished. */
  readonly step: number;
  /** Parameters, optimiser moments and whatever else the fit needs. */
  readonly state: Weights;
}
