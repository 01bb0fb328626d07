import assert from "node:assert/strict";
import type * as tfjs from "@tensorflow/tfjs-node";
import { engine, type Tensor } from "../../lib/engine/load";
import type { Operation } from "../../lib/engine/operation";
import { normal } from "../../lib/engine/random";
import { Stream } from "../../lib/random/stream";

export const { tf } = engine({ threads: 1 });

export type Tensor4D = tfjs.Tensor4D;

export const random = (name: string, ...shape: number[]): Tensor =>
  normal(shape, new Stream(["test", name]));

/** An operation as a function for tfjs's own gradients (`tf.grads`). */
function differentiable({ forward, backward }: Operation): Function {
  return (...inputs) =>
    tf.customGrad((...given) => {
      const save = given.pop() as unknown as (tensors: Tensor[]) => void;
      const { output, kept } = forward(...(given as Tensor[]));
      save([...(given as Tensor[]), ...kept]);
      return {
        value: output,
        gradFunc: (dOutput: Tensor, saved: Tensor[]) =>
          backward(dOutput, saved.slice(0, inputs.length), saved.slice(inputs.length)).map(
            (gradient, i) => gradient ?? tf.zerosLike(inputs[i]),
          ),
      };
    })(...inputs);
}

type Function = (...inputs: Tensor[]) => Tensor;

/**
 * Asserts that an operation has the value of a plain reference, the gradients of the
 * reference, and the slope that central differences of its own value give.
 * @param varied how many of the inputs, from the first, have a gradient
 */
export function check(
  operation: Operation,
  reference: Function,
  inputs: Tensor[],
  varied = inputs.length,
): void {
  const run = differentiable(operation);
  close(run(...inputs), reference(...inputs), 1e-5, "value");

  const weights = random("weights", ...run(...inputs).shape);
  const scalar =
    (f: Function) =>
    (...x: Tensor[]) =>
      f(...x, ...inputs.slice(varied))
        .mul(weights)
        .sum();
  const given = inputs.slice(0, varied);
  const gradients = tf.grads(scalar(run) as never)(given);
  const expected = tf.grads(scalar(reference) as never)(given);
  for (const [i, gradient] of gradients.entries())
    close(gradient, expected[i], 1e-4, `gradient of input ${i}`);

  for (const [i, input] of given.entries()) {
    const direction = random(`direction ${i}`, ...input.shape);
    const h = 1e-2 / Math.sqrt(direction.size);
    const at = (step: number): number =>
      scalar(run)(...given.map((x, k) => (k === i ? x.add(direction.mul(step)) : x))).dataSync()[0];
    const slope = (at(h) - at(-h)) / (2 * h);
    const inner = gradients[i].mul(direction).sum().dataSync()[0];
    const size = Math.max(1, Math.abs(inner));
    assert.ok(
      Math.abs(slope - inner) < 2e-2 * size,
      `input ${i}: slope ${slope}, gradient ${inner}`,
    );
  }
}

export function close(actual: Tensor, expected: Tensor, tolerance: number, what: string): void {
  assert.deepEqual(actual.shape, expected.shape, what);
  const [a, b] = [actual.dataSync(), expected.dataSync()];
  const size = Math.max(1, ...Array.from(b, Math.abs));
  for (let i = 0; i < b.length; i++)
    assert.ok(Math.abs(a[i] - b[i]) <= tolerance * size, `${what} ${i}: ${a[i]}, expected ${b[i]}`);
}
