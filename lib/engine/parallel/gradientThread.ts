import {
  MessageChannel,
  type MessagePort,
  receiveMessageOnPort,
  type Worker,
} from "node:worker_threads";
import type { GradientFunction, LossesAndGradients } from "./gradientFunction";
import { errorOf, type GradientReply, type GradientWorkerOptions } from "./messages";
import { SharedArrays } from "./sharedArrays";
import { SharedCounter } from "./sharedCounter";
import { startThread } from "./thread";

/** A thread that computes gradients beside the main one; it runs gradientWorker.ts. */
export class GradientThread {
  readonly #worker: Worker;
  readonly #port: MessagePort;
  readonly #started = new SharedCounter();
  readonly #finished = new SharedCounter();
  readonly #gradients: SharedArrays;

  constructor(
    { module, name }: GradientFunction<never, never>,
    config: unknown,
    { shapes, memory }: SharedArrays,
  ) {
    this.#gradients = new SharedArrays(shapes);
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    const options: GradientWorkerOptions = {
      ...{ module, name, config, shapes, parameters: memory },
      gradients: this.#gradients.memory,
      started: this.#started.memory,
      finished: this.#finished.memory,
      port: port2,
    };
    this.#worker = startThread("gradientWorker.ts", options, [port2]);
  }

  start(microBatch: unknown): void {
    this.#port.postMessage(microBatch);
    this.#started.increment();
  }

  /**
   * Blocks until the reply to {@link start} has arrived.
   * @returns reads it: the losses and gradients, or throws what the thread has thrown
   */
  wait(): () => LossesAndGradients {
    this.#finished.waitBeyond(this.#started.count - 1);
    const reply = receiveMessageOnPort(this.#port)!.message as GradientReply;
    return () => {
      if ("error" in reply) throw errorOf(reply);
      return { losses: reply.losses, gradients: this.#gradients.tensors() };
    };
  }

  dispose(): void {
    this.#port.close();
    void this.#worker.terminate();
  }
}
