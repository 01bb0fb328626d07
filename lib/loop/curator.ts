import type { Batch } from "../pool/schema";
import type { Stream } from "../random/stream";
import type { Weights } from "../store/weights";
import type { RealInput } from "./evaluation";

/** What a score or an edit may read besides the samples. */
export interface CuratorInput {
  /** The model that drew the samples. */
  readonly weights: Weights;
  readonly real: RealInput;
}

/** A number for each sample: a reward, a length, a detector's probability. */
export interface Score<C> {
  /** Raise it when the same samples get other scores. */
  readonly version: number;
  /** A finite number for each item; it may depend on nothing but that item. */
  run(config: C, batch: Batch, given: CuratorInput): ArrayLike<number> | Promise<ArrayLike<number>>;
}

/** A change of samples. */
export interface Edit<C> {
  /** Raise it when the same samples become others. */
  readonly version: number;
  /**
   * As many items, changed, each by itself.
   * @param streamOf random numbers for item i of the batch
   */
  run(
    config: C,
    batch: Batch,
    given: CuratorInput,
    streamOf: (i: number) => Stream,
  ): Batch | Promise<Batch>;
}
