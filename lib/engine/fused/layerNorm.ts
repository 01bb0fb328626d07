import { biasGradient } from "../bias";
import { add, multiply, subtract } from "../elementwise";
import type { Operation } from "../operation";
import { addScalar, rowMeans, rsqrt, square } from "../rows";
import { tidy } from "../tidy";

/**
 * Layer normalisation (Ba et al. 2016) with inputs (x [n, d], gain [d], bias [d]): each row is
 * normalised to mean 0 and variance 1, then scaled and shifted. Keeps the normalised rows and the
 * inverse deviations [n, 1].
 */
export function layerNorm(epsilon = 1e-5): Operation {
  return {
    forward(x, gain, bias) {
      const [output, normal, inverse] = tidy(() => {
        const centred = subtract(x, rowMeans(x));
        const inverse = rsqrt(addScalar(rowMeans(square(centred)), epsilon));
        const normal = multiply(centred, inverse);
        return [add(multiply(normal, gain), bias), normal, inverse];
      });
      return { output, kept: [normal, inverse] };
    },
    backward(dOutput, [, gain], [normal, inverse]) {
      return tidy(() => {
        const d = multiply(dOutput, gain);
        const along = multiply(normal, rowMeans(multiply(d, normal)));
        const dx = multiply(subtract(subtract(d, rowMeans(d)), along), inverse);
        return [dx, biasGradient(multiply(dOutput, normal)), biasGradient(dOutput)];
      });
    },
  };
}
