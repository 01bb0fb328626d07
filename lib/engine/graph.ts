import { add } from "./elementwise";
import type { Tensor } from "./load";
import type { Operation } from "./operation";
import type { Values } from "./parameters";
import { tidy } from "./tidy";

/** A value in a computation. */
export interface Node {
  readonly value: Tensor;
}

/**
 * Runs operations one after another. A model is written once against this and serves training
 * ({@link Tape}) and inference ({@link noGrad}).
 */
export interface Graph {
  /** @param inputs results of other operations, parameters, or data as `{ value }` */
  apply(operation: Operation, ...inputs: Node[]): Node;
}

interface TapeNode extends Node {
  /** Set on leaves and on what depends on them. */
  readonly requiresGradient?: true;
  gradient?: Tensor;
}

interface Entry {
  readonly operation: Operation;
  readonly inputs: readonly TapeNode[];
  readonly output: TapeNode;
  readonly kept: readonly Tensor[];
}

/** Where a backward pass begins: a node, and the gradient of the loss with respect to it. */
export interface Root {
  readonly node: Node;
  /** Becomes the tape's. */
  readonly gradient: Tensor;
}

/** A reverse-mode tape, on which each operation keeps only what its backward pass needs. */
export class Tape implements Graph {
  readonly #entries: Entry[] = [];

  /** A value whose gradient is needed; it remains the caller's. */
  leaf(value: Tensor): Node {
    return { value, requiresGradient: true } as TapeNode;
  }

  apply(operation: Operation, ...inputs: TapeNode[]): Node {
    const { output, kept } = operation.forward(...inputs.map(({ value }) => value));
    const requiresGradient = inputs.some((input) => input.requiresGradient);
    const node: TapeNode = { value: output, ...(requiresGradient && { requiresGradient }) };
    this.#entries.push({ operation, inputs, output: node, kept });
    return node;
  }

  /**
   * Carries gradients from the roots back to the leaves and releases the tape's tensors on the way:
   * call it once.
   */
  backward(...roots: readonly Root[]): void {
    for (const { node, gradient } of roots) {
      addGradient(node, gradient);
      gradient.dispose();
    }
    for (let entry = this.#entries.pop(); entry; entry = this.#entries.pop()) {
      const { operation, inputs, output, kept } = entry;
      const { gradient, requiresGradient } = output;
      if (gradient && requiresGradient) {
        const gradients = operation.backward(
          gradient,
          inputs.map(({ value }) => value),
          kept,
          inputs.map((input) => input.requiresGradient === true),
        );
        inputs.forEach((input, i) => {
          // A constant, because the notebooks' TypeScript does not narrow an element by its index.
          const gradient = gradients[i];
          if (gradient && input.requiresGradient) addGradient(input, gradient);
        });
        for (const tensor of new Set(gradients)) tensor?.dispose();
      }
      if (gradient && !gradient.isDisposed) gradient.dispose();
      for (const tensor of [output.value, ...kept]) if (!tensor.isDisposed) tensor.dispose();
      delete output.gradient;
    }
  }

  /** The gradient that reached a leaf. */
  gradient(leaf: Node): Tensor | undefined {
    return (leaf as TapeNode).gradient;
  }
}

/** Adds to a node's gradient; `further` remains the caller's. */
function addGradient(node: TapeNode, further: Tensor): void {
  const before = node.gradient;
  // A clone shares its memory: an operation may pass on one gradient to several inputs.
  node.gradient = before ? add(before, further) : further.clone();
  before?.dispose();
}

/** Runs operations without keeping anything for a backward pass. */
export const noGrad: Graph = {
  apply: (operation, ...inputs) => ({
    value: tidy(() => operation.forward(...inputs.map(({ value }) => value)).output),
  }),
};

/** Parameters by name as nodes without gradients, for {@link noGrad}. */
export const constants =
  (values: Values) =>
  (name: string): Node => ({ value: values[name] });

/** Parameters by name as leaves of a tape. */
export function leaves(tape: Tape, values: Values): Record<string, Node> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, tape.leaf(value)]),
  );
}
