import * as path from "node:path";
import {
  MessageChannel,
  type MessagePort,
  receiveMessageOnPort,
  Worker,
} from "node:worker_threads";
import { UserError } from "../../errors";
import { add } from "../elementwise";
import { engine, type Tensor } from "../load";
import type { Parameters } from "../parameters";
import { tidy } from "../tidy";
import { Bell } from "./bell";
import type { Answer, Orders } from "./messages";
import type { Contribution, Recipe } from "./recipe";
import { SharedArrays } from "./sharedArrays";

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

  /** @param helpers threads besides this one, each of which takes one part of a step */
  constructor(recipe: Recipe<C, P>, config: C, parameters: Parameters, helpers = 0) {
    this.#parameters = parameters;
    this.#contribution = recipe.prepare(config);
    if (helpers === 0) return;
    // Threads of this process: they share its TensorFlow, and so its number of threads an operation.
    engine();
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
    if (this.#shared && helped.length > 0) this.#publish(this.#shared);
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

  #publish(shared: SharedArrays): void {
    for (const [name, { data }] of Object.entries(this.#parameters.save()))
      shared.view(name).set(data as Float32Array);
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
    const orders: Orders = {
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
    this.#worker = new Worker(path.join(__dirname, "helper.ts"), {
      workerData: orders,
      transferList: [port2],
      execArgv: ["--require", require.resolve("tsx/cjs")],
      resourceLimits: { maxYoungGenerationSizeMb: 4 },
    });
    // It waits for work most of the time, which must keep no process alive.
    this.#worker.unref();
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
    if ("error" in answer)
      throw answer.user ? new UserError(answer.error) : new Error(answer.error);
    const { tf } = engine();
    const gradients: Record<string, Tensor> = {};
    for (const [name, shape] of Object.entries(this.#gradients.shapes))
      gradients[name] = tf.tensor(this.#gradients.view(name), [...shape]);
    join(total, { sums: answer.sums, gradients });
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
