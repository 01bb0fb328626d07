import type { Values } from "../../engine/parameters";
import { UserError } from "../../errors";
import type { Graph3D } from "../../models/geodiff/graph";
import type { GeoDiff } from "../../models/geodiff/model";
import { sampleConformers } from "../../models/geodiff/sampler";
import type { SamplerOptions } from "../../models/geodiff/samplerOptions";
import { type ScheduleConfig, noiseSchedule as scheduleOf } from "../../models/geodiff/schedule";
import type { Stream } from "../../random/stream";

/** Maximum number of fresh starts of a conformer. */
const ATTEMPTS = 5;

/** How conformers are sampled. */
export interface SamplingConfig {
  readonly noiseSchedule: ScheduleConfig;
  readonly sampling: SamplerOptions;
}

/** A conformer to sample. */
export interface SamplingRequest {
  readonly graph: Graph3D;
  readonly stream: Stream;
  /** Of the molecule, for messages. */
  readonly name: string;
}

export interface ConformerSample {
  /** 3N coordinates, ångström, centred. */
  readonly positions: Float32Array;
  /**
   * Runs of the sampler it took: 1 where all went well, 2 where the run was repeated with its local
   * forces clipped, 3 and more where that diverged too and a fresh start was drawn.
   */
  readonly draws: number;
}

/**
 * Samples one conformer per request, in order, all of them together. Where the sampler diverges,
 * even in its own retry with clipped forces, the conformer starts afresh with the next random
 * numbers, so that none is missing; `draws` counts.
 * @throws UserError if a conformer diverges five times in a row
 */
export function sampleWithRetries(
  model: GeoDiff,
  values: Values,
  { noiseSchedule, sampling }: SamplingConfig,
  requests: readonly SamplingRequest[],
): ConformerSample[] {
  const levels = scheduleOf(noiseSchedule);
  const samples: ConformerSample[] = [];
  let pending = [...requests.keys()];
  for (let attempt = 0; pending.length > 0; attempt++) {
    if (attempt === ATTEMPTS)
      throw new UserError(tooManyAttempts(requests[pending[0]].name, sampling));
    const results = sampleConformers(
      model,
      values,
      levels,
      pending.map((i) => requests[i].graph),
      sampling,
      pending.map((i) => attemptStream(requests[i].stream, attempt)),
    );
    results.forEach(({ positions, outcome }, k) => {
      if (positions)
        samples[pending[k]] = { positions, draws: 2 * attempt + (outcome === "sampled" ? 1 : 2) };
    });
    pending = pending.filter((_, k) => results[k].positions === undefined);
  }
  return samples;
}

/** How many fresh starts a number of draws stands for. */
export function divergedDraws(draws: number): number {
  return draws === 0 ? 0 : Math.ceil(draws / 2) - 1;
}

const attemptStream = (stream: Stream, attempt: number): Stream =>
  attempt === 0 ? stream : stream.at("again", attempt);

function tooManyAttempts(name: string, { clip, stepScale }: SamplerOptions): string {
  return (
    `A conformer of ${name} diverged ${ATTEMPTS} times, each time also with its local forces clipped. The model may be ` +
    `undertrained: train it for longer, or sample with a clip below ${clip} or a stepScale below ${stepScale}.`
  );
}
