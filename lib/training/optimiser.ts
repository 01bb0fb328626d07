import type { Tensor } from "../engine/load";
import type { Weights } from "../store/weights";

/** Updates the parameters that it was made for. */
export interface Optimiser {
  /** One update with the gradients of the parameters, by name; they remain the caller's. */
  apply(gradients: Readonly<Record<string, Tensor>>, learningRate: number): void;
  /** Whatever it needs to continue, such as moments, for a checkpoint. */
  state(): Weights;
  dispose(): void;
}
