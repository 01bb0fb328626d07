import type { Tensor } from "./load";

/** A differentiable operation with a hand-written gradient that keeps only what it needs. */
export interface Operation {
  forward(...inputs: Tensor[]): Forward;
  /**
   * Gradients with respect to the inputs, in their order; undefined for an input without one (data,
   * noise).
   * @param kept what `forward` kept
   * @param needed whether each input needs its gradient (PyTorch's `needs_input_grad`): an
   *   operation for which that saves much leaves out the others. Default: all do.
   */
  backward(
    dOutput: Tensor,
    inputs: readonly Tensor[],
    kept: readonly Tensor[],
    needed?: readonly boolean[],
  ): (Tensor | undefined)[];
}

export interface Forward {
  readonly output: Tensor;
  /** Beyond the inputs: often the output, or nothing. */
  readonly kept: readonly Tensor[];
}
