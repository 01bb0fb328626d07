import type { ZodType } from "zod";
import type { SourceFile } from "../data/obtain";
import type { Block } from "../pool/block";
import type { Batch, Schema } from "../pool/schema";
import type { View } from "../pool/view";
import type { Streams } from "../random/streams";
import type { Weights } from "../store/weights";
import type { TrainingContext } from "../training/context";
import type { Edit, Score } from "./curator";
import type { Evaluation, RealInput } from "./evaluation";

/**
 * One modality: three pure functions and named evaluations, around which the same loop runs.
 * A task sees its config, its data and named random streams; never the store, the regime or the
 * screen. `C` is its config, a plain JSON value with the sections of `SECTIONS`.
 */
export interface Task<C> {
  /** Name in addresses and records, e.g. "images". */
  readonly name: string;
  /**
   * Raise one when the same config gives other data, models or samples. What was made from the old
   * ones then stays unused, and so does whatever was made from that.
   */
  readonly version: { readonly data: number; readonly fit: number; readonly sample: number };
  /** Validates a config; unknown keys are refused. */
  readonly config: ZodType<C>;
  /** Absolute path of the file whose exports hold this task (`__filename`), so that a child process
   * can load it; absent = runs in this process only. */
  readonly module?: string;
  /** Whether the real data differ from seed to seed (regression) or are one data set (MNIST). */
  readonly seededData?: boolean;
  /**
   * Environment variables that a process has to be started with to compute this config, such as
   * what a native library reads once. Child processes serve configs of one environment each.
   */
  environment?(config: C): Readonly<Record<string, string>>;
  /** What an item is made of. */
  schema(config: C): Schema;
  /** The real data: T training items and held-out test items. Depends on the section `data`. */
  loadReal(config: C, context: DataContext): Promise<RealData>;
  /** Trains a freshly initialised model on the view. Depends on `data`, `model` and `training`. */
  fit(config: C, view: View, context: FitContext): Promise<Weights>;
  /** Draws `count` items from the model, in chunks, in order. Depends on `sampling` as well. */
  sample(config: C, weights: Weights, count: number, context: SampleContext): AsyncIterable<Batch>;
  /** Numbers of samples by which a regime's curation may choose, by name. */
  readonly scores?: Readonly<Record<string, Score<C>>>;
  /** Changes of samples that a regime's curation may make, by name. */
  readonly edits?: Readonly<Record<string, Edit<C>>>;
  /** Set it when `fit` uses `view.weight(i)`; regimes that give weights are refused otherwise. */
  readonly weighted?: true;
  /** Measurements by name; each runs on stored models and blocks, now or any time later. */
  readonly evaluations: Readonly<Record<string, Evaluation<C>>>;
}

export interface RealData {
  readonly train: AsyncIterable<Batch> | Iterable<Batch>;
  readonly test: AsyncIterable<Batch> | Iterable<Batch>;
  /** SHA-256 of each source file that was read, by name; empty for generated data. */
  readonly checksums: Readonly<Record<string, string>>;
  /** Training and test items together, if they are known beforehand: for progress alone. */
  readonly items?: number;
  /** Where they came from, one line for captions: "MNIST (60,000 / 10,000)". */
  readonly description: string;
  /**
   * Files that belong to the data (a tokenizer): name → bytes. They are stored beside the
   * data and are part of what a fit's address depends on.
   */
  readonly artefacts?: Readonly<Record<string, Uint8Array>>;
}

export interface DataContext {
  /** To be told each file that is read although its checksum is not known beforehand. */
  readonly onUnknown?: (source: SourceFile, path: string) => void;
  readonly streams: Streams;
  /** Aborted when the run must stop. */
  readonly signal: AbortSignal;
  /**
   * Told of work that takes long: a step in a few words ("reading train.txt"), and how much of it is
   * done, in any unit. Steps may follow each other; writing the items is reported without it.
   */
  readonly onStep?: OnStep;
}

export type OnStep = (step: string, done: number, total: number) => void;

export interface Context {
  /** Streams of this seed and generation. */
  readonly streams: Streams;
  readonly signal: AbortSignal;
  /** Threads that the work may use side by side. Its result must not depend on them. Default: 1. */
  readonly threads?: number;
  /** Reports work done, at most a few times a second; throws {@link Cancelled} when aborted. */
  progress(done: number, total: number, values?: Readonly<Record<string, number>>): Promise<void>;
}

export interface SampleContext extends Context {
  /** The real data, for models of labels, which label the real inputs anew. Absent outside the loop. */
  readonly real?: RealInput;
}

/** What a fit gets; a training loop (`train`) needs its `TrainingContext` alone. */
export interface FitContext extends Context, TrainingContext {
  /** n, 1 = real data. */
  readonly generation: number;
  /**
   * The held-out real items, for learning curves: a fit may measure them for its records, but must
   * choose nothing by them. Absent where a fit is called outside the loop.
   */
  readonly test?: Block;
}
