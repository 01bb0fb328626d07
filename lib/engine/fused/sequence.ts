import type { Tensor } from "../load";
import { tidy } from "../tidy";
import type { Fused } from "./fused";

/** A fused operation and the names of the parameters that follow its input x. */
export interface Stage {
  readonly operation: Fused;
  readonly parameters: readonly string[];
}

export type Values = Readonly<Record<string, Tensor>>;

/** A forward pass through stages and what its backward pass needs. */
export interface Pass {
  readonly output: Tensor;
  /**
   * Adds the parameters' gradients to `gradients` and returns that of the input, unless
   * `skipInput`. Releases what the stages kept as it goes: call it once.
   */
  backward(
    dOutput: Tensor,
    gradients: Record<string, Tensor>,
    skipInput?: boolean,
  ): Tensor | undefined;
}

/** Runs x through the stages, one after the other, and keeps nothing of the way. */
export function infer(stages: readonly Stage[], x: Tensor, values: Values): Tensor {
  let current = x;
  for (const { operation, parameters } of stages) {
    const inputs = [current, ...parameters.map((name) => values[name])];
    const output = tidy(() => operation.forward(...inputs).output);
    if (current !== x) current.dispose();
    current = output;
  }
  return current;
}

/** Runs x through the stages, one after the other, ready for a backward pass. */
export function sequence(stages: readonly Stage[], x: Tensor, values: Values): Pass {
  let current = x;
  const trace = stages.map(({ operation, parameters }) => {
    const inputs = [current, ...parameters.map((name) => values[name])];
    const { output, kept } = operation.forward(...inputs);
    current = output;
    return { operation, parameters, inputs, kept };
  });
  return {
    output: current,
    backward(dOutput, gradients, skipInput = false) {
      let d: Tensor | undefined = dOutput;
      for (let i = trace.length - 1; i >= 0; i--) {
        const { operation, parameters, inputs, kept } = trace[i];
        const [dInput, ...dParameters] = operation.backward(d!, inputs, kept, skipInput && i === 0);
        parameters.forEach((name, k) => {
          gradients[name] = dParameters[k]!;
        });
        for (const tensor of kept) tensor.dispose();
        d!.dispose();
        d = dInput;
      }
      return d;
    },
  };
}
