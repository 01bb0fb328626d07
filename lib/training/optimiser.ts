import type { Gradients } from "../engine/gradients";
import type { Weights } from "../store/weights";

/** Updates the parameters that it was made for. */
export interface Optimiser {
  /** One update with the gradients of the parameters, by name; they remain the caller's. */
  apply(gradients: Readonly<Gradients>, learningRate: number): void;
  /** Whatever it needs to continue, such as moments, for a checkpoint. */
  state(): Weights;
  dispose(): void;
}
