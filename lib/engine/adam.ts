import { sizeOf } from "../sizeOf";
import type { Weights } from "../store/weights";
import { attribute, FLOAT, run, runMany, TYPE } from "./kernel";
import { engine, type Tensor } from "./load";
import { Parameters } from "./parameters";

export interface AdamOptions {
  /** Decay of the first moment. Default 0.9. */
  readonly beta1?: number;
  /** Decay of the second moment. Default 0.999. */
  readonly beta2?: number;
  /** Added to the root of the bias-corrected second moment. Default 1e-8. */
  readonly epsilon?: number;
  /** Decoupled weight decay (AdamW); 0, the default, is plain Adam. */
  readonly weightDecay?: number;
  /** Whether it updates a parameter of this name. Default: all. */
  readonly updates?: (name: string) => boolean;
}

const APPLY = [
  ...FLOAT,
  attribute.bool("use_locking", false),
  attribute.bool("use_nesterov", false),
];
const DTYPE = [attribute.type("dtype", TYPE.float32)];

/**
 * Adam (Kingma & Ba 2015), or AdamW (Loshchilov & Hutter 2019) with `weightDecay`: one
 * native in-place operation per parameter.
 */
export class Adam {
  readonly #parameters: Parameters;
  readonly #names: readonly string[];
  readonly #first: Parameters;
  readonly #second: Parameters;
  readonly #constants: { beta1: Tensor; beta2: Tensor };
  readonly #options: Required<Omit<AdamOptions, "updates">>;
  #step: number;

  /** @param resume What {@link state} returned after `step` steps. */
  constructor(
    parameters: Parameters,
    options: AdamOptions = {},
    resume?: { step: number; state: Weights },
  ) {
    const { updates = () => true, ...rest } = options;
    this.#parameters = parameters;
    this.#names = parameters.names.filter(updates);
    this.#options = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0, ...rest };
    const moment = (kind: string): Parameters =>
      new Parameters(
        Object.fromEntries(
          this.#names.map((name) => {
            const shape = parameters.shape(name);
            return [
              name,
              resume?.state[`${kind}/${name}`] ?? { shape, data: new Float32Array(sizeOf(shape)) },
            ];
          }),
        ),
      );
    this.#first = moment("first");
    this.#second = moment("second");
    this.#step = resume?.step ?? 0;
    const { tf } = engine();
    this.#constants = {
      beta1: tf.keep(tf.scalar(this.#options.beta1)),
      beta2: tf.keep(tf.scalar(this.#options.beta2)),
    };
  }

  /**
   * One update with the gradients of the parameters, by name.
   * @param learningRate one for all parameters, or a function of the parameter's name
   */
  apply(
    gradients: Readonly<Record<string, Tensor>>,
    learningRate: number | ((name: string) => number),
  ): void {
    const { tf } = engine();
    const { beta1, beta2, epsilon, weightDecay } = this.#options;
    const power1 = beta1 ** ++this.#step;
    const power2 = beta2 ** this.#step;
    tf.tidy(() => {
      const rateOf = typeof learningRate === "number" ? () => learningRate : learningRate;
      const shared = (rate: number) => [
        tf.scalar(power1),
        tf.scalar(power2),
        tf.scalar(rate),
        this.#constants.beta1,
        this.#constants.beta2,
        // TensorFlow adds ε to the uncorrected root; this makes it the paper's algorithm.
        tf.scalar(epsilon * Math.sqrt(1 - power2)),
      ];
      const known = new Map<number, Tensor[]>();
      for (const name of this.#names) {
        const handle = this.#parameters.handle(name);
        const rate = rateOf(name);
        const constants = known.get(rate) ?? shared(rate);
        known.set(rate, constants);
        if (weightDecay > 0) decay(handle, rate * weightDecay);
        const moments = [this.#first.handle(name), this.#second.handle(name)];
        runMany("ResourceApplyAdam", 0, APPLY, handle, ...moments, ...constants, gradients[name]);
      }
    });
  }

  /** The moments, for a checkpoint. */
  state(): Weights {
    const prefixed = (kind: string, weights: Weights) =>
      Object.entries(weights).map(([name, tensor]) => [`${kind}/${name}`, tensor] as const);
    return Object.fromEntries([
      ...prefixed("first", this.#first.save()),
      ...prefixed("second", this.#second.save()),
    ]);
  }

  dispose(): void {
    this.#first.dispose();
    this.#second.dispose();
    this.#constants.beta1.dispose();
    this.#constants.beta2.dispose();
  }
}

function decay(handle: Tensor, factor: number): void {
  const { tf } = engine();
  const change = tf.tidy(() => run("ReadVariableOp", DTYPE, handle).mul(factor));
  runMany("AssignSubVariableOp", 0, DTYPE, handle, change);
  change.dispose();
}
