import type { GradientFunction } from "../engine/parallel/gradientFunction";
import type { Parameters, Values } from "../engine/parameters";
import type { Stream } from "../random/stream";
import type { Weights } from "../store/weights";
import type { Checkpoint } from "./context";
import type { Optimiser } from "./optimiser";
import type { Schedule } from "./schedule";
import type { Duration } from "./steps";

/** What every family's `training` section says. */
export interface TrainingOptions extends Duration {
  /** At step 0. */
  readonly learningRate: number;
  readonly schedule: Schedule;
  /** Maximum global norm of the gradient. Default: no clipping. */
  readonly clipNorm?: number | undefined;
  /** Pieces into which a batch is divided, so that as many threads can share it. Default: 1. */
  readonly microBatches?: number | undefined;
}

/**
 * What distinguishes one family's training from another's.
 * @typeParam C what `gradients` needs to know of the model, a plain value
 * @typeParam B a micro-batch, a plain value
 */
export interface TrainingSpec<C, B> {
  readonly training: TrainingOptions;
  /** Items of the training set. */
  readonly items: number;
  readonly model: C;
  /** Fresh parameters. */
  initial(stream: Stream): Weights;
  /** @param resume the checkpoint to continue from, if any */
  optimiser(parameters: Parameters, resume: Checkpoint | undefined): Optimiser;
  /**
   * Whether a value is no parameter but a statistic of the batches: what `gradients` has for it is left
   * out of the gradient's norm and of clipping. Default: none is.
   */
  readonly isStatistic?: ((name: string) => boolean) | undefined;
  readonly gradients: GradientFunction<C, B>;
  /**
   * The micro-batches of a step.
   * @param items indices into the training set
   * @param step from 0; with `items` it alone decides about the batch
   */
  batch(items: Uint32Array, step: number): readonly B[];
  /** Names of the loss's summands, where it has several. */
  readonly terms?: readonly string[];
  /** What throughput counts: "images", "tokens". */
  readonly unit: string;
  /** How many of these a batch has. Its loss has this weight in the mean of a record. */
  count(batch: readonly B[]): number;
  /** Steps per training record; checkpoints are taken at records. */
  readonly recordEvery: number;
  readonly learningCurve?: LearningCurve | undefined;
  /** Further state for a checkpoint. */
  state?(): Weights;
}

/** Measurements of the model on its way. */
export interface LearningCurve {
  /** Points per epoch, evenly spaced; another one follows the last step. 0 for none. */
  readonly perEpoch: number;
  /** @returns what is recorded, by name */
  measure(values: Values): Promise<Record<string, number>>;
}
