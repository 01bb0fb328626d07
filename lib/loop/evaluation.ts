import type { Block } from "../pool/block";
import type { View } from "../pool/view";
import type { Weights } from "../store/weights";
import type { Section } from "./sections";
import type { Context } from "./task";

/**
 * One measurement of a task's models. Every generation has an entry in the run store for each of
 * its task's evaluations, so that a new or changed one runs on stored models and blocks.
 */
export interface Evaluation<C> {
  /** Raise it when the same model gives other results. */
  readonly version: number;
  /** Sections of the config that it depends on besides those of the fit. @defaultValue ["evaluation"] */
  readonly sections?: readonly Section[];
  /**
   * What it measures: "model", every generation's (default), or "data", the real data alone, once for
   * all chains that share them.
   */
  readonly of?: "model" | "data";
  /** What it reads besides the model and the real data. @defaultValue nothing */
  readonly reads?: readonly ("block" | "training-set")[];
  /** Names of other evaluations whose artefacts it reads. */
  readonly needs?: readonly string[];
  run(config: C, given: EvaluationInput, context: Context): Promise<EvaluationResult>;
}

/** What an evaluation may read. What it did not ask for throws. */
export interface EvaluationInput {
  /** The fitted model. Not given to an evaluation of the data. */
  readonly weights: Weights;
  /** The held-out real items. */
  readonly test: Block;
  /** The real data. */
  readonly real: RealInput;
  /** What the model sampled, block n+1. Needs `reads: ["block"]`. */
  readonly block: Block;
  /** The model's training set. Needs `reads: ["training-set"]`. */
  readonly view: View;
  /** Bytes of an artefact of an evaluation named in `needs`. */
  artefact(evaluation: string, file: string): Uint8Array;
}

export interface RealInput {
  /** Address in the run store: the same data, the same address. */
  readonly address: string;
  readonly train: Block;
  /** Bytes of a file that belongs to the data, such as a tokenizer. */
  artefact(file: string): Uint8Array;
}

export interface EvaluationResult {
  /** Metrics by name; every one must be finite. No two evaluations of a task share a name. */
  readonly metrics: Readonly<Record<string, number>>;
  /** Small files worth keeping (sample grids, spectra): name → bytes. */
  readonly artefacts?: Readonly<Record<string, Uint8Array>>;
}
