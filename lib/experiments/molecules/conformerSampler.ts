import type { InferenceJob } from "../../engine/parallel/inferenceJob";
import type { Context } from "../../loop/task";
import type { GeoDiffConfig } from "../../models/geodiff/config";
import type { Graph3D } from "../../models/geodiff/graph";
import { geoDiff } from "../../models/geodiff/index";
import { Stream } from "../../random/stream";
import type { Weights } from "../../store/weights";
import { mapRanges, type Range } from "../mapRanges";
import type { MoleculesConfig } from "./config";
import {
  type ConformerSample,
  type SamplingConfig,
  type SamplingRequest,
  sampleWithRetries,
} from "./sampleWithRetries";

/**
 * Conformers that pass through the network together. It does not depend on the number of threads,
 * because the last bits of a force depend on it.
 */
const BATCH = 64;

/** Which model samples which conformers, as a plain value. */
export interface ConformerSamplerConfig extends SamplingConfig {
  readonly model: GeoDiffConfig;
  readonly requests: readonly {
    readonly graph: Graph3D;
    readonly stream: Stream["path"];
    readonly name: string;
  }[];
}

/** Samples a range of the requests; see {@link sampleWithRetries}. */
export const conformerSampler: InferenceJob<ConformerSamplerConfig, Range, ConformerSample[]> = {
  module: __filename,
  name: "conformerSampler",
  prepare({ model: shape, noiseSchedule, sampling, requests }) {
    const model = geoDiff(shape);
    return async (values, { from, count }) =>
      sampleWithRetries(
        model,
        values,
        { noiseSchedule, sampling },
        requests
          .slice(from, from + count)
          .map(({ stream, ...request }) => ({ ...request, stream: new Stream(stream) })),
      );
  },
};

/**
 * Samples one conformer per request, in order and in chunks, on as many threads as the context
 * allows: the same bits whatever their number.
 * @param weights the network's parameters; other tensors among them are ignored
 * @throws UserError if a conformer diverges too often; Cancelled when the context says so
 */
export function sampleAll(
  { model, sampling }: MoleculesConfig,
  weights: Weights,
  requests: readonly SamplingRequest[],
  context: Context,
): AsyncGenerator<ConformerSample[]> {
  const config: ConformerSamplerConfig = {
    ...{ model, noiseSchedule: model.noiseSchedule, sampling },
    requests: requests.map(({ stream, ...request }) => ({ ...request, stream: stream.path })),
  };
  const ranges = Array.from({ length: Math.ceil(requests.length / BATCH) }, (_, k) => ({
    from: BATCH * k,
    count: Math.min(BATCH, requests.length - BATCH * k),
  }));
  return mapRanges(
    { job: conformerSampler, config, weights: networkParameters(model, weights), ranges },
    context,
  );
}

/** The network's parameters, without the molecules that are stored beside them. */
export function networkParameters(shape: GeoDiffConfig, weights: Weights): Weights {
  const { shapes } = geoDiff(shape);
  return Object.fromEntries(Object.entries(weights).filter(([name]) => name in shapes));
}
