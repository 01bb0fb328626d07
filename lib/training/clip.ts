import { scale } from "../engine/elementwise";
import { engine, type Tensor } from "../engine/load";

/**
 * Scales all gradients down by one factor where their global norm exceeds a limit.
 * @param gradients are released if they are scaled
 * @param norm theirs (`globalNorm`)
 */
export function clipByGlobalNorm(
  gradients: Record<string, Tensor>,
  norm: number,
  maxNorm: number,
): Record<string, Tensor> {
  if (!(norm > maxNorm)) return gradients;
  const clipped = Object.fromEntries(
    Object.entries(gradients).map(([name, gradient]) => [name, scale(gradient, maxNorm / norm)]),
  );
  engine().tf.dispose(gradients);
  return clipped;
}
