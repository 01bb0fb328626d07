import { Adam } from "../../engine/adam";
import { scale } from "../../engine/elementwise";
import { attribute, run, runMany, TYPE } from "../../engine/kernel";
import { engine, type Tensor } from "../../engine/load";
import { globalNorm } from "../../engine/norm";
import type { Parameters } from "../../engine/parameters";
import { tidy } from "../../engine/tidy";
import type { Weights } from "../../store/weights";
import { branchOf, LIMITED_TABLE } from "./parameters";
import { shortened } from "./shortened";

export interface GeoDiffAdamOptions {
  /** Longest gradient of all parameters taken together: GeoDiff has 30,000 for Drugs. */
  readonly clip: number;
  /** Decay of the first moment. Default 0.95. */
  readonly beta1?: number;
  /** Decay of the second moment. Default 0.999. */
  readonly beta2?: number;
}

/** Learning rates of the parameters of the two branches; one number serves both. */
export type BranchRates = number | { readonly global: number; readonly local: number };

const DTYPE = [attribute.type("dtype", TYPE.float32)];

/**
 * GeoDiff's optimiser. It has an Adam for each branch, but clips the gradient of all parameters
 * together: that is one Adam with two learning rates. The edge encoder serves both branches, belongs
 * to the global one and takes the sum of both gradients. Rows of SchNet's table of elements that an
 * update makes longer than 10 are brought back to 10 (PyTorch's `max_norm`, which does so when a
 * row is next used).
 */
export class GeoDiffAdam {
  readonly #adam: Adam;
  readonly #parameters: Parameters;
  readonly #clip: number;

  /** @param resume What {@link state} returned after `step` updates. */
  constructor(
    parameters: Parameters,
    { clip, beta1 = 0.95, beta2 = 0.999 }: GeoDiffAdamOptions,
    resume?: { readonly step: number; readonly state: Weights },
  ) {
    this.#adam = new Adam(parameters, { beta1, beta2 }, resume);
    this.#parameters = parameters;
    this.#clip = clip;
  }

  /** One update with the gradients of the parameters, by name. @returns their norm, not clipped */
  apply(gradients: Readonly<Record<string, Tensor>>, rate: BranchRates): number {
    const norm = globalNorm(Object.values(gradients));
    const rates = typeof rate === "number" ? { global: rate, local: rate } : rate;
    tidy(() => {
      const factor = this.#clip / norm;
      const used =
        factor < 1
          ? Object.fromEntries(Object.entries(gradients).map(([k, g]) => [k, scale(g, factor)]))
          : gradients;
      this.#adam.apply(used, (name) => rates[branchOf(name)]);
    });
    this.#shorten();
    return norm;
  }

  /** The moments, for a checkpoint. */
  state(): Weights {
    return this.#adam.state();
  }

  dispose(): void {
    this.#adam.dispose();
  }

  #shorten(): void {
    const { tf } = engine();
    const handle = this.#parameters.handle(LIMITED_TABLE);
    const shape = this.#parameters.shape(LIMITED_TABLE);
    const value = run("ReadVariableOp", DTYPE, handle);
    const before = value.dataSync<"float32">();
    value.dispose();
    const after = shortened(before, shape[1]);
    if (after.every((number, i) => number === before[i])) return;
    const table = tf.tensor(after, [...shape]);
    runMany("AssignVariableOp", 0, DTYPE, handle, table);
    table.dispose();
  }
}
