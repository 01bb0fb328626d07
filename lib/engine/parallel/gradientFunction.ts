import type { Gradients } from "../gradients";
import type { Values } from "../parameters";

/** The contribution of a micro-batch to a training step. */
export interface LossesAndGradients {
  /** Its share of each summand of the loss; those of all micro-batches add up. */
  readonly losses: readonly number[];
  /** Its share of the gradient of each parameter, by name. */
  readonly gradients: Gradients;
}

/**
 * Computes the gradients of a micro-batch: a pure function that any thread can load from its
 * module, so `C` (which model) and `B` (the micro-batch) are plain values and typed arrays.
 */
export interface GradientFunction<C, B> {
  /** Absolute path of the file that exports it (`__filename`). */
  readonly module: string;
  /** Name under which it is exported. */
  readonly name: string;
  /** The function for a model; `values` are the parameters, which remain the caller's. */
  prepare(config: C): (values: Values, microBatch: B) => LossesAndGradients;
}
