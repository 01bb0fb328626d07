import { Adam } from "../../engine/adam";
import { add, scale } from "../../engine/elementwise";
import type { Gradients } from "../../engine/gradients";
import type { Parameters } from "../../engine/parameters";
import { tidy } from "../../engine/tidy";
import type { Weights } from "../../store/weights";
import type { Optimiser } from "../../training/optimiser";

/** Whether a value is no parameter but a statistic that batch normalisation keeps. */
export const isRunningStatistic = (name: string): boolean => /\.running_(mean|var)$/.test(name);

/** Weight of a batch in the running statistics, as PyTorch's default. */
const MOMENTUM = 0.1;

/** Adam for parameters; running statistics move a tenth of the way to those of the batch. */
export class BatchNormAdam implements Optimiser {
  readonly #adam: Adam;
  readonly #parameters: Parameters;

  /** @param resume What {@link state} returned after `step` updates. */
  constructor(parameters: Parameters, resume?: { readonly step: number; readonly state: Weights }) {
    this.#parameters = parameters;
    this.#adam = new Adam(parameters, { updates: (name) => !isRunningStatistic(name) }, resume);
  }

  apply(gradients: Readonly<Gradients>, learningRate: number): void {
    this.#adam.apply(gradients, learningRate);
    for (const name of this.#parameters.names.filter(isRunningStatistic))
      tidy(() =>
        this.#parameters.update(name, (before) =>
          add(scale(before, 1 - MOMENTUM), scale(gradients[name], MOMENTUM)),
        ),
      );
  }

  state(): Weights {
    return this.#adam.state();
  }

  dispose(): void {
    this.#adam.dispose();
  }
}
