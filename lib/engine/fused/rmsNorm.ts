import { int32Vector } from "../constants";
import { multiply, subtract } from "../elementwise";
import { attribute, FLOAT, run, TYPE } from "../kernel";
import type { Tensor } from "../load";
import { matmul, matmulTN } from "../matmul";
import type { Operation } from "../operation";
import { addScalar, rsqrt, scaleCached, square } from "../rows";
import { tidy } from "../tidy";

const ROW_NORM = [attribute.bool("keep_dims", true), ...FLOAT, attribute.type("Tidx", TYPE.int32)];

/**
 * Root-mean-square normalisation (Zhang & Sennrich 2019): y = w · x / √(mean(x²) + ε) in each row;
 * inputs (x, w): x [n, d], w [d]. Keeps 1 / √(…), [n, 1].
 * @param epsilon Llama-2's by default
 */
export function rmsNorm(epsilon = 1e-5): Operation {
  return {
    forward(x, weight) {
      const [output, inverse] = tidy(() => {
        const inverse = inverseRms(x, epsilon);
        return [multiply(multiply(x, inverse), weight), inverse] as const;
      });
      return { output, kept: [inverse] };
    },
    backward(dOutput, [x, weight], [inverse]) {
      return tidy(() => {
        // Both sums over dy · x are products with a vector, which take one pass each.
        const product = multiply(dOutput, x);
        const dWeight = matmulTN(product, inverse).reshape(weight.shape);
        const along = matmul(product, weight.reshape([-1, 1]));
        product.dispose();
        const share = multiply(along, scaleCached(square(inverse), 1 / x.shape[1]!));
        const across = subtract(multiply(dOutput, weight), multiply(x, share));
        return [multiply(across, inverse), dWeight];
      });
    },
  };
}

function inverseRms(x: Tensor, epsilon: number): Tensor {
  // The norm squares and adds in one pass; Square and Mean would write the squares first.
  const norm = run("EuclideanNorm", ROW_NORM, x, int32Vector([1]));
  return rsqrt(addScalar(scaleCached(square(norm), 1 / x.shape[1]!), epsilon));
}
