import { add } from "./elementwise";
import type { Fused } from "./fused/fused";
import type { Tensor } from "./load";
import { tidy } from "./tidy";

/** A value in a computation, and later the loss's gradient with respect to it. */
export interface Node {
  readonly value: Tensor;
}

/**
 * Runs fused operations one after the other. A model is written once against this and serves
 * training ({@link Tape}) and inference ({@link forgetful}).
 */
export interface Graph {
  apply(operation: Fused, ...inputs: Node[]): Node;
}

interface Taped extends Node {
  gradient?: Tensor;
}

interface Entry {
  readonly operation: Fused;
  readonly inputs: readonly Taped[];
  readonly output: Taped;
  readonly kept: readonly Tensor[];
}

/** A reverse-mode tape over fused operations, each of which keeps only what its backward needs. */
export class Tape implements Graph {
  readonly #entries: Entry[] = [];
  readonly #leaves = new Set<Node>();

  /** A value whose gradient is wanted; it remains the caller's. */
  leaf(value: Tensor): Node {
    const node: Taped = { value };
    this.#leaves.add(node);
    return node;
  }

  apply(operation: Fused, ...inputs: Node[]): Node {
    const { output, kept } = operation.forward(...inputs.map((input) => input.value));
    const node: Taped = { value: output };
    this.#entries.push({ operation, inputs, output: node, kept });
    return node;
  }

  /**
   * Carries the gradient of `output` back to the leaves and releases the tape's tensors on the
   * way: call it once.
   * @param gradient becomes the tape's
   */
  backward(output: Node, gradient: Tensor): void {
    (output as Taped).gradient = gradient;
    for (let entry = this.#entries.pop(); entry; entry = this.#entries.pop()) {
      const { operation, inputs, output, kept } = entry;
      const values = inputs.map((input) => input.value);
      const gradients = operation.backward(output.gradient!, values, kept);
      inputs.forEach((input, i) => {
        const found = gradients[i];
        if (!found) return;
        const before = input.gradient;
        // A clone shares its memory: an operation may pass on one gradient to several inputs.
        input.gradient = before ? add(before, found) : found.clone();
        before?.dispose();
      });
      for (const tensor of [output.value, ...kept]) if (!tensor.isDisposed) tensor.dispose();
      for (const gradient of new Set([output.gradient, ...gradients])) gradient?.dispose();
      delete output.gradient;
    }
  }

  /** The gradient that reached a leaf. */
  gradient(leaf: Node): Tensor | undefined {
    return (leaf as Taped).gradient;
  }
}

/** Runs operations and keeps nothing for a backward pass. */
export const forgetful: Graph = {
  apply: (operation, ...inputs) => ({
    value: tidy(() => operation.forward(...inputs.map((input) => input.value)).output),
  }),
};
