import {
  MessageChannel,
  type MessagePort,
  receiveMessageOnPort,
  type Worker,
} from "node:worker_threads";
import { add } from "../elementwise";
import { engine } from "../load";
import type { Parameters } from "../parameters";
import { tidy } from "../tidy";
import { Bell } from "./bell";
import { type Answer, errorOf, type HelperOrders } from "./messages";
import type { Contribution, Recipe } from "./recipe";
import { SharedArrays } from "./sharedArrays";
import { startThread } from "./thread";

/**
 * Computes a training step's gradients from the parts of its batch: one part after the other in
 * this thread, or each in a thread of its own. Contributions are added in the order of the parts, so
 * the result has the same bits either way; it does depend on how the batch is divided.
 */
export class Team<C, P> {
  readonly #parameters: Parameters;
  readonly #contribution: ReturnType<Recipe<C, P>["prepare"]>;
  readonly #shared: SharedArrays | undefined;
  readonly #helpers: Helper[] = [];

  /**
   * @param shares parts into which a batch is divided
   * @param threads that may work, this one among them: no more of them than parts do
   */
  constructor(
    recipe: Recipe<C, P>,
    config: C,
    parameters: Parameters,
    shares = 1,
    threads = shares,
  ) {
    this.#parameters = parameters;
    this.#contribution = recipe.prepare(config);
    const helpers = Math.min(shares, threads) - 1;
    if (helpers === 0) return;
    const { names } = parameters;
    const shapes = Object.fromEntries(names.map((name) => [name, parameters.shape(name)]));
    this.#shared = new SharedArrays(shapes);
    for (let i = 0; i < helpers; i++) this.#helpers.push(new Helper(recipe, config, this.#shared));
  }

  /**
   * The sums over the parts; dispose of the gradients.
   * @param parts the first is computed by this thread
   */
  step(parts: readonly P[]): Contribution {
    const [first, ...others] = parts;
    const helped = others.splice(0, this.#helpers.length);
    if (this.#shared && helped.length > 0) this.#shared.write(this.#parameters.save());
    for (const [i, part] of helped.entries()) this.#helpers[i].begin(part);
    const values = this.#parameters.read();
    const compute = (part: P): Total => tidy(() => this.#contribution(values, part)) as Total;
    try {
      let total: Total;
      let answers: Answer[];
      try {
        total = compute(first);
      } finally {
        // Also after an error here: the next step must not meet this one's answers.
        answers = helped.map((_, i) => this.#helpers[i].end());
      }
      answers.forEach((answer, i) => {
        this.#helpers[i].join(total, answer);
      });
      for (const part of others) join(total, compute(part));
      return total;
    } finally {
      engine().tf.dispose(values);
    }
  }

  /** Ends the helpers. */
  dispose(): void {
    for (const helper of this.#helpers) helper.dispose();
  }
}

/** One thread beside the leader. */
class Helper {
  readonly #worker: Worker;
  readonly #port: MessagePort;
  readonly #begin = new Bell();
  readonly #end = new Bell();
  readonly #gradients: SharedArrays;

  constructor(recipe: Recipe<never, never>, config: unknown, parameters: SharedArrays) {
    const { shapes } = parameters;
    this.#gradients = new SharedArrays(shapes);
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    const orders: HelperOrders = {
      module: recipe.module,
      name: recipe.name,
      config,
      shapes,
      parameters: parameters.memory,
      gradients: this.#gradients.memory,
      begin: this.#begin.memory,
      end: this.#end.memory,
      port: port2,
    };
    this.#worker = startThread("helper.ts", orders, [port2]);
  }

  begin(part: unknown): void {
    this.#port.postMessage(part);
    this.#begin.ring();
  }

  /** Waits for the answer to {@link begin}. */
  end(): Answer {
    this.#end.after(this.#begin.rings - 1);
    return receiveMessageOnPort(this.#port)!.message as Answer;
  }

  /** Adds the contribution that {@link end} announced to the total. */
  join(total: Total, answer: Answer): void {
    if ("error" in answer) throw errorOf(answer);
    join(total, { sums: answer.sums, gradients: this.#gradients.tensors() });
  }

  dispose(): void {
    this.#port.close();
    void this.#worker.terminate();
  }
}

interface Total extends Contribution {
  readonly sums: number[];
}

/** Adds a contribution, which it releases, to the total. */
function join(total: Total, { sums, gradients }: Contribution): void {
  const { tf } = engine();
  for (const [i, sum] of sums.entries()) total.sums[i] += sum;
  for (const [name, gradient] of Object.entries(gradients)) {
    const before = total.gradients[name];
    total.gradients[name] = add(before, gradient);
    tf.dispose([before, gradient]);
  }
}
