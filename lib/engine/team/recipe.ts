import type { Values } from "../fused/sequence";
import type { Tensor } from "../load";

/** What one part of a batch contributes to a training step. */
export interface Contribution {
  /** Its summands of the loss and whatever else is reported; those of all parts add up. */
  readonly sums: readonly number[];
  /** Its summand of the gradient with respect to each parameter, by name. */
  readonly gradients: Record<string, Tensor>;
}

/**
 * How a part of a batch becomes its contribution: a pure function that any thread can load by its
 * module, so `C` (what the model is) and `P` (the part) are plain values and typed arrays.
 */
export interface Recipe<C, P> {
  /** Absolute path of the file that exports this recipe (`__filename`). */
  readonly module: string;
  /** Name under which it is exported. */
  readonly name: string;
  /** The function for a model; `values` are the parameters, which remain the caller's. */
  prepare(config: C): (values: Values, part: P) => Contribution;
}
