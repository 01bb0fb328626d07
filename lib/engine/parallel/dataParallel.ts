import { accumulateGradients } from "../gradients";
import { engine } from "../load";
import type { Parameters } from "../parameters";
import { tidy } from "../tidy";
import type { GradientFunction, LossesAndGradients } from "./gradientFunction";
import { GradientThread } from "./gradientThread";
import { SharedArrays } from "./sharedArrays";

/**
 * Computes the gradients of a training step from the micro-batches of its batch: one after another
 * in this thread, or in parallel on several. Contributions are added in the order of the
 * micro-batches, so the number of threads does not change a bit of the result; how the batch is
 * divided does.
 */
export class DataParallel<C, B> {
  readonly #parameters: Parameters;
  readonly #gradientsOf: ReturnType<GradientFunction<C, B>["prepare"]>;
  readonly #shared: SharedArrays | undefined;
  readonly #threads: GradientThread[] = [];

  /**
   * @param microBatches into how many pieces a batch is divided
   * @param threads maximum number of threads, including this one; at most one per micro-batch
   */
  constructor(
    gradients: GradientFunction<C, B>,
    config: C,
    parameters: Parameters,
    microBatches = 1,
    threads = microBatches,
  ) {
    this.#parameters = parameters;
    this.#gradientsOf = gradients.prepare(config);
    const others = Math.min(microBatches, threads) - 1;
    if (others === 0) return;
    const { names } = parameters;
    const shapes = Object.fromEntries(names.map((name) => [name, parameters.shape(name)]));
    this.#shared = new SharedArrays(shapes);
    for (let i = 0; i < others; i++)
      this.#threads.push(new GradientThread(gradients, config, this.#shared));
  }

  /**
   * Losses and gradients summed over the micro-batches; dispose of the gradients.
   * @param microBatches the first is computed by this thread
   */
  step(microBatches: readonly B[]): LossesAndGradients {
    const { tf } = engine();
    const [first, ...others] = microBatches;
    const remote = others.splice(0, this.#threads.length);
    if (this.#shared && remote.length > 0) this.#shared.write(this.#parameters.save());
    for (const [i, microBatch] of remote.entries()) this.#threads[i].start(microBatch);
    const values = this.#parameters.read();
    const compute = (microBatch: B): LossesAndGradients =>
      tidy(() => this.#gradientsOf(values, microBatch));
    let total: LossesAndGradients | undefined;
    try {
      let replies: ReturnType<GradientThread["wait"]>[];
      try {
        total = compute(first);
      } finally {
        // After an error here too: the next step must not receive the replies of this one.
        replies = remote.map((_, i) => this.#threads[i].wait());
      }
      for (const reply of replies) total = sum(total, reply());
      for (const microBatch of others) total = sum(total, compute(microBatch));
      return total;
    } catch (error) {
      tf.dispose({ ...total?.gradients });
      throw error;
    } finally {
      tf.dispose(values);
    }
  }

  /** Ends the threads. */
  dispose(): void {
    for (const worker of this.#threads) worker.dispose();
  }
}

/** The sum of two contributions, whose gradients are released. */
const sum = (a: LossesAndGradients, b: LossesAndGradients): LossesAndGradients => ({
  losses: a.losses.map((loss, i) => loss + b.losses[i]),
  gradients: accumulateGradients(a.gradients, b.gradients),
});
