import { Adam } from "../../engine/adam";
import { attribute, run, runMany, TYPE } from "../../engine/kernel";
import { engine, type Tensor } from "../../engine/load";
import type { Parameters } from "../../engine/parameters";
import { renormRows } from "../../engine/renormRows";
import type { Weights } from "../../store/weights";
import { branchOf, ELEMENTS } from "./parameters";

export interface GeoDiffAdamOptions {
  /** Decay of the first moment. Default 0.95. */
  readonly beta1?: number;
  /** Decay of the second moment. Default 0.999. */
  readonly beta2?: number;
}

/** Learning rates of the parameters of the two branches; one number serves both. */
export type BranchRates = number | { readonly global: number; readonly local: number };

const DTYPE = [attribute.type("dtype", TYPE.float32)];

/**
 * GeoDiff's optimiser. The original has one Adam per branch but clips the gradients of both
 * together: that is one Adam with two learning rates. The edge encoder serves both branches; it
 * belongs to the global one and receives the sum of both gradients. Rows of SchNet's embedding of
 * elements that an update makes longer than 10 are rescaled to 10 (PyTorch's `max_norm`, which does
 * so when a row is next used).
 */
export class GeoDiffAdam {
  readonly #adam: Adam;
  readonly #parameters: Parameters;

  /** @param resume What {@link state} returned after `step` updates. */
  constructor(
    parameters: Parameters,
    { beta1 = 0.95, beta2 = 0.999 }: GeoDiffAdamOptions = {},
    resume?: { readonly step: number; readonly state: Weights },
  ) {
    this.#adam = new Adam(parameters, { beta1, beta2 }, resume);
    this.#parameters = parameters;
  }

  /** One update with the gradients of the parameters, by name. */
  apply(gradients: Readonly<Record<string, Tensor>>, rate: BranchRates): void {
    const rates = typeof rate === "number" ? { global: rate, local: rate } : rate;
    this.#adam.apply(gradients, (name) => rates[branchOf(name)]);
    this.#renorm();
  }

  /** The moments, for a checkpoint. */
  state(): Weights {
    return this.#adam.state();
  }

  dispose(): void {
    this.#adam.dispose();
  }

  #renorm(): void {
    const { tf } = engine();
    const handle = this.#parameters.handle(ELEMENTS.name);
    const shape = this.#parameters.shape(ELEMENTS.name);
    const value = run("ReadVariableOp", DTYPE, handle);
    const before = value.dataSync<"float32">();
    value.dispose();
    const after = renormRows(before, shape[1], ELEMENTS.maxNorm);
    if (after.every((number, i) => number === before[i])) return;
    const table = tf.tensor(after, [...shape]);
    runMany("AssignVariableOp", 0, DTYPE, handle, table);
    table.dispose();
  }
}
