import { concatArrays } from "../../concatArrays";
import type { Values } from "../../engine/parameters";
import { UserError } from "../../errors";
import type { Stream } from "../../random/stream";
import { batchGraph, type Graph3D, type GraphBatch } from "./graph";
import { visitedLevels } from "./levels";
import type { GeoDiff } from "./model";
import type { SamplerOptions } from "./samplerOptions";
import type { NoiseSchedule } from "./schedule";
import { type StepRule, stepRule } from "./stepRules";
import { totalForces } from "./totalForces";

/**
 * Maximum coordinate, ångström from the centre. An undertrained model moves atoms farther away with
 * every step: far beyond the noisiest level (12 Å) that is a divergence, although the numbers may
 * still be finite when the chain ends.
 */
const MAX_COORDINATE = 1000;

const isWithin = (x: number): boolean => Math.abs(x) < MAX_COORDINATE;

/** How sampling a conformer went. */
export type Outcome = "sampled" | "retried" | "diverged";

export interface SampledConformer {
  /** 3N coordinates in ångström, centred; undefined if it diverged twice. */
  readonly positions: Float32Array | undefined;
  readonly outcome: Outcome;
}

/**
 * Samples one conformer of each graph, in order. A conformer with a coordinate that is not finite or
 * exceeds {@link MAX_COORDINATE} is restarted once, with local forces clipped; if that fails too, it
 * has diverged and has no positions.
 *
 * A conformer depends on its graph and stream alone, up to the rounding of sums: the number of
 * conformers that pass through a matrix product together can change the last bits of a force.
 * @param streams of each conformer
 * @param onStep called after each step of all conformers; may throw to stop
 * @throws UserError for more steps than noise levels, or if there is not one stream per graph
 */
export function sampleConformers(
  model: GeoDiff,
  values: Values,
  schedule: NoiseSchedule,
  graphs: readonly Graph3D[],
  options: SamplerOptions,
  streams: readonly Stream[],
  onStep: (done: number, total: number) => void = () => {},
): SampledConformer[] {
  if (streams.length !== graphs.length)
    throw new UserError(
      `${graphs.length} conformers need as many random streams, one each; there are ${streams.length}.`,
    );
  const sample = (indices: readonly number[], stream: (i: number) => Stream, localClip: number) => {
    const chain = new Chain(
      indices.map((i) => graphs[i]),
      indices.map(stream),
    );
    return chain.run(model, values, schedule, options, localClip, onStep);
  };
  const all = [...graphs.keys()];
  const first = sample(all, (i) => streams[i], Number.POSITIVE_INFINITY);
  const failed = all.filter((i) => !first[i]);
  const second =
    failed.length > 0 ? sample(failed, (i) => streams[i].at("retry"), options.localClip) : [];
  return all.map((i) => {
    const positions = first[i] ?? second[failed.indexOf(i)];
    const outcome = first[i] ? "sampled" : positions ? "retried" : "diverged";
    return { positions, outcome };
  });
}

/** Conformers that descend through the noise levels together. */
class Chain {
  /** Indices of those that have not diverged. */
  #alive: number[];
  readonly #positions: (Float64Array | undefined)[];

  constructor(
    private readonly graphs: readonly Graph3D[],
    private readonly streams: readonly Stream[],
  ) {
    this.#alive = [...graphs.keys()];
    this.#positions = [];
  }

  run(
    model: GeoDiff,
    values: Values,
    schedule: NoiseSchedule,
    options: SamplerOptions,
    localClip: number,
    onStep: (done: number, total: number) => void,
  ): (Float32Array | undefined)[] {
    const levels = visitedLevels(schedule.steps, options);
    const start = schedule.sigma[levels[0]];
    this.graphs.forEach(({ atomicNumbers }, i) => {
      const normals = this.streams[i].normals(new Float64Array(3 * atomicNumbers.length));
      this.#positions[i] = normals.map((z) => start * z);
    });
    let batch: GraphBatch | undefined;
    for (let k = 0; k < levels.length && this.#alive.length > 0; k++) {
      const t = levels[k];
      const rule = stepRule(schedule, options, t, levels[k + 1] ?? -1);
      const globalToo = options.globalWeight > 0 && schedule.sigma[t] < options.globalSigma;
      batch ??= batchGraph(this.#alive.map((i) => this.graphs[i]));
      const forces = totalForces(
        model,
        values,
        batch,
        concatArrays(
          Float64Array,
          this.#alive.map((i) => this.#positions[i]!),
        ),
        globalToo ? "both" : "local",
        options,
        localClip,
      );
      let from = 0;
      for (const i of this.#alive) {
        const positions = this.#positions[i]!;
        const to = from + positions.length;
        const force = forces.subarray(from, to);
        move(positions, force, rule, this.streams[i]);
        if (!positions.every(isWithin)) this.#positions[i] = undefined;
        from = to;
      }
      const alive = this.#alive.filter((i) => this.#positions[i]);
      // The model caches the local pairs of a batch object.
      if (alive.length < this.#alive.length) batch = undefined;
      this.#alive = alive;
      onStep(k + 1, levels.length);
    }
    return this.#positions.map((positions) => positions && Float32Array.from(positions));
  }
}

/** Moves a conformer by a step's rule and re-centres it at the origin. */
function move(positions: Float64Array, force: Float64Array, rule: StepRule, stream: Stream): void {
  const centre = [0, 0, 0];
  for (let c = 0; c < positions.length; c++) {
    positions[c] = rule.keep * positions[c] + rule.force * force[c] + rule.noise * stream.normal();
    centre[c % 3] += positions[c];
  }
  const atoms = positions.length / 3;
  for (let c = 0; c < positions.length; c++) positions[c] -= centre[c % 3] / atoms;
}
