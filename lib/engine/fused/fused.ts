import { engine, type Tensor } from "../load";

/**
 * An operation with a hand-written gradient that keeps only what the backward pass needs, where
 * tfjs's own tape keeps every intermediate.
 */
export interface Fused {
  forward(...inputs: Tensor[]): Forward;
  /**
   * Gradients of the inputs, in their order; an input that has none (data, noise) is undefined.
   * @param kept what `forward` kept
   * @param skipFirst leave out the first input's gradient (the input is data)
   */
  backward(
    dOutput: Tensor,
    inputs: readonly Tensor[],
    kept: readonly Tensor[],
    skipFirst?: boolean,
  ): (Tensor | undefined)[];
}

export interface Forward {
  readonly output: Tensor;
  /** Beyond the inputs: often the output, or nothing. */
  readonly kept: readonly Tensor[];
}

/** The operation as a function for tfjs's own gradients (`tf.grads`, `tf.variableGrads`). */
export function differentiable(fused: Fused): (...inputs: Tensor[]) => Tensor {
  const { tf } = engine();
  return (...inputs) =>
    tf.customGrad((...given) => {
      const save = given.pop() as unknown as (tensors: Tensor[]) => void;
      const { output, kept } = fused.forward(...(given as Tensor[]));
      save([...(given as Tensor[]), ...kept]);
      return {
        value: output,
        gradFunc: (dOutput: Tensor, saved: Tensor[]) =>
          fused
            .backward(dOutput, saved.slice(0, inputs.length), saved.slice(inputs.length))
            .map((gradient, i) => gradient ?? tf.zerosLike(inputs[i])),
      };
    })(...inputs);
}
