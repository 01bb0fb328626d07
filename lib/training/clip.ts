import { scale } from "../engine/elementwise";
import type { Gradients } from "../engine/gradients";
import { engine } from "../engine/load";

/**
 * Scales all gradients down by one factor where their global norm exceeds a limit.
 * @param gradients are released if they are scaled
 * @param norm theirs (`globalNorm`)
 */
export function clipByGlobalNorm(gradients: Gradients, norm: number, maxNorm: number): Gradients {
  if (!(norm > maxNorm)) return gradients;
  const clipped = Object.fromEntries(
    Object.entries(gradients).map(([name, gradient]) => [name, scale(gradient, maxNorm / norm)]),
  );
  engine().tf.dispose(gradients);
  return clipped;
}
