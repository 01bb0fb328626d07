import type { GradientFunction } from "../../lib/engine/parallel/gradientFunction";
import { UserError } from "../../lib/errors";

export interface Rows {
  readonly x: Float32Array;
  readonly y: Float32Array;
}

/** Half the squared error of y ≈ slope·x + offset, and its gradients. */
export const squaresGradients: GradientFunction<{ readonly largest: number }, Rows> = {
  module: __filename,
  name: "squaresGradients",
  prepare({ largest }) {
    return (values, { x, y }) => {
      if (x.some((value) => value > largest)) throw new UserError(`x must be at most ${largest}.`);
      const errors = values.slope.mul(x).add(values.offset).sub(y);
      return {
        losses: [errors.square().sum().dataSync()[0] / 2, x.length],
        gradients: { slope: errors.mul(x).sum().reshape([1]), offset: errors.sum().reshape([1]) },
      };
    };
  },
};
