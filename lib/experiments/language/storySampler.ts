import type { Precision } from "../../engine/bfloat16";
import type { InferenceJob } from "../../engine/parallel/inferenceJob";
import type { LanguageModelConfig } from "../../models/language/config";
import { generate } from "../../models/language/generate";
import { languageModel } from "../../models/language/index";
import type { SamplingOptions } from "../../models/language/samplingOptions";
import { Stream } from "../../random/stream";
import type { Range } from "../mapRanges";

export interface SamplerConfig {
  readonly shape: LanguageModelConfig;
  readonly precision: Precision;
  readonly sampling: SamplingOptions;
  /**
   * How often each token begins a story; the first token is drawn in proportion. Default: the model
   * draws it too.
   */
  readonly firstTokenCounts?: ArrayLike<number> | undefined;
  /** Path of the stream whose child i is that of story i. */
  readonly stream: Stream["path"];
  /** Maximum size of the keys and values in bytes; where it is too small, some stories wait. */
  readonly cacheBytes?: number | undefined;
}

/** Samples a range of stories from a language model; progress counts finished stories. */
export const storySampler: InferenceJob<SamplerConfig, Range, Uint16Array[]> = {
  module: __filename,
  name: "storySampler",
  prepare({ shape, precision, sampling, firstTokenCounts, stream: path, cacheBytes }) {
    const model = languageModel(shape, precision);
    const stream = new Stream(path);
    const first = firstTokenCounts && categorical(firstTokenCounts);
    return (values, { from, count }, onProgress) =>
      generate(
        model,
        values,
        Array.from({ length: count }, (_, i) => stream.at(from + i)),
        { ...sampling, first, onProgress, ...(cacheBytes && { cacheBytes }) },
      );
  },
};

/** Draws an index with probability proportional to its count. */
function categorical(counts: ArrayLike<number>): (stream: Stream) => number {
  let total = 0;
  const cumulative = Float64Array.from(counts, (n) => (total += n));
  return (stream) => {
    const mass = stream.uniform() * total;
    return cumulative.findIndex((sum) => sum > mass);
  };
}
