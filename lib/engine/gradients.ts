import { add } from "./elementwise";
import { engine, type Tensor } from "./load";
import type { Values } from "./parameters";

/** Gradients of the parameters, by name. */
export type Gradients = Record<string, Tensor>;

/** How a model computes the mean loss of a batch and its gradients; call it inside `tidy`. */
export type GradientsOf<Batch, Loss, Options extends GradientOptions = GradientOptions> = (
  values: Values,
  batch: Batch,
  options?: Options,
) => { readonly loss: Loss; readonly gradients: Gradients };

export interface GradientOptions {
  /**
   * What the summed loss is divided by: the images (tokens, atoms) of the whole batch, if this is a
   * micro-batch of it. Losses and gradients of the micro-batches then add up to those of the batch.
   * Default: those of this one.
   */
  readonly denominator?: number;
}

/**
 * The sum of the gradients so far, if any, and further ones; both are released.
 * @returns `further` itself where there is no sum yet
 */
export function accumulateGradients(sum: Gradients | undefined, further: Gradients): Gradients {
  if (!sum) return further;
  const { tf } = engine();
  const total: Gradients = {};
  for (const [name, gradient] of Object.entries(further)) {
    total[name] = add(sum[name], gradient);
    tf.dispose([sum[name], gradient]);
  }
  return total;
}
