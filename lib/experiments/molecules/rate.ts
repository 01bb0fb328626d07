import type { Weights } from "../../store/weights";
import type { TrainingConfig } from "./config";

/** The learning rate of a fit, step by step. Told every loss, it may fall with them. */
export class Rate {
  readonly #training: TrainingConfig;
  readonly #steps: number;
  /** Plateaus: factor so far, least mean of a window, windows since then, sum of the present one. */
  readonly #state: Float64Array;

  /**
   * @param steps of the whole fit
   * @param resume what {@link state} returned
   */
  constructor(training: TrainingConfig, steps: number, resume?: Weights) {
    this.#training = training;
    this.#steps = steps;
    const saved = resume?.[NAME]?.data;
    this.#state = saved
      ? Float64Array.from(saved)
      : Float64Array.of(1, Number.POSITIVE_INFINITY, 0, 0);
  }

  /** Of step `step`, counted from 0. */
  at(step: number): number {
    const { learningRate, decay } = this.#training;
    return learningRate * (decay.kind === "linear" ? 1 - step / this.#steps : this.#state[0]);
  }

  /** Notes the loss of step `step`. */
  note(step: number, loss: number): void {
    const { decay } = this.#training;
    if (decay.kind === "linear") return;
    const state = this.#state;
    state[3] += loss;
    if ((step + 1) % decay.every > 0) return;
    const mean = state[3] / decay.every;
    state[3] = 0;
    // PyTorch's "rel" threshold: an improvement below one in ten thousand is none.
    if (mean < state[1] * (1 - 1e-4)) {
      state[1] = mean;
      state[2] = 0;
    } else if (++state[2] > decay.patience) {
      state[0] *= decay.factor;
      state[2] = 0;
    }
  }

  /** For a checkpoint. */
  state(): Weights {
    return { [NAME]: { shape: [4], data: this.#state.slice() } };
  }
}

const NAME = "rate";
