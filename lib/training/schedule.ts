import { z } from "zod";
import type { Weights } from "../store/weights";

/** How the learning rate changes during a fit. */
export const scheduleConfig = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("constant") }),
  /** Falls linearly to 0. */
  z.strictObject({
    kind: z.literal("linear"),
    /** Step at which it reaches 0, to reproduce the start of a longer run. Default: the last one. */
    decaySteps: z.int().positive().optional(),
  }),
  /** Multiplied by `gamma` after every epoch: PyTorch's ExponentialLR. */
  z.strictObject({
    kind: z.literal("exponential"),
    gamma: z.number().gt(0).max(1),
  }),
  /**
   * Multiplied by `factor` after more than `patience` windows in a row whose mean loss is no new
   * minimum: PyTorch's ReduceLROnPlateau on the training loss, since a fit here sees no
   * validation data.
   */
  z.strictObject({
    kind: z.literal("plateau"),
    /** Steps per window. */
    every: z.int().positive().default(5000),
    factor: z.number().gt(0).lt(1).default(0.6),
    patience: z.int().nonnegative().default(10),
  }),
]);

export type Schedule = z.infer<typeof scheduleConfig>;

/** PyTorch's "rel" threshold: a mean that falls by less than one part in 10,000 is no improvement. */
const THRESHOLD = 1e-4;

/** How long a fit is. */
export interface FitLength {
  readonly steps: number;
  readonly stepsPerEpoch: number;
}

/** The learning rate of a fit, step by step. */
export class LearningRate {
  readonly #initial: number;
  readonly #schedule: Schedule;
  readonly #length: FitLength;
  /** Of a plateau: factor so far, best window mean, windows since then, sum of the current window. */
  readonly #state: Float64Array;

  /**
   * @param initial at step 0
   * @param resume what {@link state} returned
   */
  constructor(initial: number, schedule: Schedule, length: FitLength, resume?: Weights) {
    this.#initial = initial;
    this.#schedule = schedule;
    this.#length = length;
    const saved = resume?.[NAME]?.data;
    this.#state = saved
      ? Float64Array.from(saved)
      : Float64Array.of(1, Number.POSITIVE_INFINITY, 0, 0);
  }

  /** Of step `step`, counted from 0. */
  at(step: number): number {
    const schedule = this.#schedule;
    switch (schedule.kind) {
      case "constant":
        return this.#initial;
      case "linear":
        return this.#initial * Math.max(0, 1 - step / (schedule.decaySteps ?? this.#length.steps));
      case "exponential":
        return this.#initial * schedule.gamma ** Math.floor(step / this.#length.stepsPerEpoch);
      case "plateau":
        return this.#initial * this.#state[0];
    }
  }

  /** Takes note of the loss of step `step`; only a plateau uses it. */
  observe(step: number, loss: number): void {
    const schedule = this.#schedule;
    if (schedule.kind !== "plateau") return;
    const state = this.#state;
    state[3] += loss;
    if ((step + 1) % schedule.every > 0) return;
    const mean = state[3] / schedule.every;
    state[3] = 0;
    if (mean < state[1] * (1 - THRESHOLD)) {
      state[1] = mean;
      state[2] = 0;
    } else if (++state[2] > schedule.patience) {
      state[0] *= schedule.factor;
      state[2] = 0;
    }
  }

  /** For a checkpoint. */
  state(): Weights {
    return { [NAME]: { shape: [4], data: this.#state.slice() } };
  }
}

const NAME = "schedule";
