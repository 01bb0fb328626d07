import { test } from "node:test";
import { linear } from "../../lib/engine/fused/linear";
import type { Tensor } from "../../lib/engine/load";
import { check, random, tf } from "./gradients";

/** y = act(x·W + b) in tfjs's own operations, W [inputs, outputs] or [outputs, inputs]. */
const reference =
  (layout: "in-out" | "out-in", activation: "relu" | "none") =>
  (x: Tensor, w: Tensor, b?: Tensor): Tensor => {
    const product = tf.matMul(x, w, false, layout === "out-in");
    const sum = b ? product.add(b) : product;
    return activation === "relu" ? tf.relu(sum) : sum;
  };

for (const layout of ["in-out", "out-in"] as const)
  for (const bias of [true, false])
    for (const activation of ["none", "relu"] as const) {
      const name = `${layout}, ${bias ? "a bias" : "no bias"}, activation ${activation}`;
      const operation = linear({ layout, bias, activation });
      const expected = reference(layout, activation);
      const weight = (inputs: number) =>
        layout === "in-out" ? random("w", inputs, 4) : random("w", 4, inputs);
      const rest = (inputs: number) => [weight(inputs), ...(bias ? [random("b", 4)] : [])];

      test(`Linear layer, ${name}: value, gradients and slopes of act(x·W + b)`, () => {
        check(operation, expected, [random("x", 6, 3), ...rest(3)]);
      });

      test(`Linear layer of two inputs, ${name}: the layer of both side by side`, () => {
        check(
          operation,
          (x, z, ...others) => expected(tf.concat([x, z], 1), ...(others as [Tensor])),
          [random("x", 6, 3), random("z", 6, 2), ...rest(5)],
        );
      });
    }
