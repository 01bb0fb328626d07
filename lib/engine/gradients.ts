import { add } from "./elementwise";
import { engine, type Tensor } from "./load";

/** Gradients of the parameters, by name. */
export type Gradients = Record<string, Tensor>;

/**
 * The sum of the gradients so far, if any, and further ones; both are released.
 * @returns `further` itself where there is no sum yet
 */
export function accumulate(sum: Gradients | undefined, further: Gradients): Gradients {
  if (!sum) return further;
  const { tf } = engine();
  const total: Gradients = {};
  for (const [name, gradient] of Object.entries(further)) {
    total[name] = add(sum[name], gradient);
    tf.dispose([sum[name], gradient]);
  }
  return total;
}
