import type { Values } from "../../engine/fused/sequence";
import { UserError } from "../../errors";
import type { Graph3D } from "../../models/geodiff/graph";
import type { GeoDiff } from "../../models/geodiff/model";
import { sampleConformers } from "../../models/geodiff/sampler";
import type { SamplerOptions } from "../../models/geodiff/samplerOptions";
import { noiseSchedule, type ScheduleConfig } from "../../models/geodiff/schedule";
import type { Stream } from "../../random/stream";

/** Fresh starts of a conformer before it is given up. */
const MOST = 5;

/** How conformers are drawn. */
export interface Drawing {
  readonly schedule: ScheduleConfig;
  readonly sampling: SamplerOptions;
}

/** A conformer that is wanted: of which graph, and from which random numbers. */
export interface Wanted {
  readonly graph: Graph3D;
  readonly stream: Stream;
  /** Of the molecule, for messages. */
  readonly name: string;
}

export interface Drawn {
  /** 3N coordinates, ångström, centred. */
  readonly positions: Float32Array;
  /**
   * Runs of the sampler it took: 1 where all went well, 2 where the run was repeated with its local
   * forces clipped, 3 and more where that diverged too and another start was drawn.
   */
  readonly draws: number;
}

/**
 * One conformer for each wanted one, in order, all of them side by side. Where the sampler diverges,
 * also in its own retry with clipped forces, the conformer is drawn again with the next random
 * numbers, so that none is missing; `draws` counts.
 * @throws UserError if one diverges five times in a row
 */
export function drawConformers(
  model: GeoDiff,
  values: Values,
  { schedule, sampling }: Drawing,
  wanted: readonly Wanted[],
): Drawn[] {
  const levels = noiseSchedule(schedule);
  const drawn: Drawn[] = [];
  let pending = [...wanted.keys()];
  for (let attempt = 0; pending.length > 0; attempt++) {
    if (attempt === MOST) throw new UserError(tooOften(wanted[pending[0]].name, sampling));
    const results = sampleConformers(
      model,
      values,
      levels,
      pending.map((i) => wanted[i].graph),
      sampling,
      pending.map((i) => streamOf(wanted[i].stream, attempt)),
    );
    results.forEach(({ positions, outcome }, k) => {
      if (positions)
        drawn[pending[k]] = { positions, draws: 2 * attempt + (outcome === "sampled" ? 1 : 2) };
    });
    pending = pending.filter((_, k) => results[k].positions === undefined);
  }
  return drawn;
}

/** How many fresh starts a number of draws stands for. */
export function divergedDraws(draws: number): number {
  return draws === 0 ? 0 : Math.ceil(draws / 2) - 1;
}

const streamOf = (stream: Stream, attempt: number): Stream =>
  attempt === 0 ? stream : stream.at("again", attempt);

function tooOften(name: string, { clip, stepScale }: SamplerOptions): string {
  return (
    `A conformer of ${name} diverged ${MOST} times, each time also with its local forces clipped. The model may not ` +
    `have learnt enough: train it for longer, or sample with a clip below ${clip} or a stepScale below ${stepScale}.`
  );
}
