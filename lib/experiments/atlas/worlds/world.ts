import type { Batch, Schema } from "../../../pool/schema";
import type { View } from "../../../pool/view";
import type { Streams } from "../../../random/streams";
import type { Weights } from "../../../store/weights";
import type { AtlasConfig } from "../config";

/** What a fit and a sampler may read of a config. */
export type FitConfig = Pick<AtlasConfig, "data" | "model" | "training">;
export type SampleConfig = FitConfig & Pick<AtlasConfig, "sampling">;

/**
 * A small world: the task's functions for one kind of data. `replicates` independent copies go through
 * the loop side by side, so that one chain gives a mean with its standard error.
 */
export interface World {
  /** What is wrong with a config, in a sentence; undefined if nothing is. */
  check?(config: AtlasConfig): string | undefined;
  schema(data: AtlasConfig["data"]): Schema;
  /** The real items. @param streams of the chain */
  real(data: AtlasConfig["data"], streams: Streams): Batch;
  /** @param streams of the generation */
  fit(config: FitConfig, view: View, streams: Streams): Weights;
  sample(config: SampleConfig, weights: Weights, count: number, streams: Streams): Batch;
  /** Finite numbers of every replicate, by name. */
  measures(config: FitConfig, weights: Weights): Record<string, ArrayLike<number>>;
}

/** A parameter of a model, its last axis the replicates unless said otherwise. */
export const parameter = (data: Float64Array, ...shape: number[]) => ({
  shape: shape.length > 0 ? shape : [data.length],
  data,
});
