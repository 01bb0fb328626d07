import type { Worker } from "node:worker_threads";
import type { Weights } from "../../store/weights";
import type { InferenceJob } from "./inferenceJob";
import { errorOf, type PoolMessage, type ThreadOptions } from "./messages";
import { SharedArrays } from "./sharedArrays";
import { startThread } from "./thread";

interface Pending<Request, Result> {
  readonly request: Request;
  readonly onProgress: (done: number) => void;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Threads that run the requests of an inference job in parallel. Each has an engine of its own; all
 * share one copy of the parameters.
 */
export class WorkerPool<C, Request, Result> {
  readonly #idle: Worker[] = [];
  readonly #busy = new Map<Worker, Pending<Request, Result>>();
  readonly #queue: Pending<Request, Result>[] = [];
  #ended: Error | undefined;

  constructor(
    job: InferenceJob<C, Request, Result>,
    config: C,
    parameters: Weights,
    threads: number,
  ) {
    const shapes = Object.fromEntries(
      Object.entries(parameters).map(([name, { shape }]) => [name, shape]),
    );
    const shared = new SharedArrays(shapes);
    shared.write(parameters);
    const { module, name } = job;
    const options: ThreadOptions = { module, name, config, shapes, parameters: shared.memory };
    for (let i = 0; i < threads; i++) this.#idle.push(this.#startWorker(options));
  }

  /** Runs a request on the first free thread. @param onProgress takes the number of finished items */
  run(request: Request, onProgress: (done: number) => void = () => {}): Promise<Result> {
    if (this.#ended) return Promise.reject(this.#ended);
    return new Promise((resolve, reject) => {
      this.#queue.push({ request, onProgress, resolve, reject });
      this.#startNext();
    });
  }

  /** Ends the threads; requests without a result are rejected with `reason`. */
  dispose(reason = new Error("The worker pool was disposed of.")): void {
    if (this.#ended) return;
    this.#ended = reason;
    for (const { reject } of [...this.#busy.values(), ...this.#queue.splice(0)]) reject(reason);
    for (const worker of [...this.#busy.keys(), ...this.#idle]) void worker.terminate();
  }

  #startNext(): void {
    const worker = this.#queue.length > 0 ? this.#idle.pop() : undefined;
    if (!worker) return;
    const pending = this.#queue.shift()!;
    this.#busy.set(worker, pending);
    worker.ref();
    worker.postMessage(pending.request);
  }

  #startWorker(options: ThreadOptions): Worker {
    const worker = startThread("poolWorker.ts", options);
    worker.on("message", (message: PoolMessage) => this.#onMessage(worker, message));
    worker.on("error", (error) => this.dispose(error));
    worker.on("exit", (code) =>
      this.dispose(new Error(`A thread of the worker pool exited unexpectedly (code ${code}).`)),
    );
    return worker;
  }

  #onMessage(worker: Worker, message: PoolMessage): void {
    const pending = this.#busy.get(worker);
    if (!pending || this.#ended) return;
    if ("done" in message) {
      pending.onProgress(message.done);
      return;
    }
    this.#busy.delete(worker);
    worker.unref();
    this.#idle.push(worker);
    if ("result" in message) pending.resolve(message.result as Result);
    else pending.reject(errorOf(message));
    this.#startNext();
  }
}
