import type { Worker } from "node:worker_threads";
import type { Weights } from "../../store/weights";
import { errorOf, type FromMember, type ThreadOrders } from "./messages";
import type { Service } from "./service";
import { SharedArrays } from "./sharedArrays";
import { startThread } from "./thread";

interface Asked<Question, Answer> {
  readonly question: Question;
  readonly tell: (done: number) => void;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Threads that answer questions to one model side by side, each with an engine of its own and all
 * with one copy of the parameters.
 */
export class Crew<C, Question, Answer> {
  readonly #idle: Worker[] = [];
  readonly #busy = new Map<Worker, Asked<Question, Answer>>();
  readonly #waiting: Asked<Question, Answer>[] = [];
  #ended: Error | undefined;

  constructor(
    service: Service<C, Question, Answer>,
    config: C,
    parameters: Weights,
    threads: number,
  ) {
    const shapes = Object.fromEntries(
      Object.entries(parameters).map(([name, { shape }]) => [name, shape]),
    );
    const shared = new SharedArrays(shapes);
    shared.write(parameters);
    const { module, name } = service;
    const orders: ThreadOrders = { module, name, config, shapes, parameters: shared.memory };
    for (let i = 0; i < threads; i++) this.#idle.push(this.#member(orders));
  }

  /** Asks the first thread that is free. @param tell hears now and then how much of it is done */
  ask(question: Question, tell: (done: number) => void = () => {}): Promise<Answer> {
    if (this.#ended) return Promise.reject(this.#ended);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ question, tell, resolve, reject });
      this.#next();
    });
  }

  /** Ends the threads; what was asked and not answered fails with `reason`. */
  dispose(reason = new Error("The threads that were asked have ended.")): void {
    if (this.#ended) return;
    this.#ended = reason;
    for (const { reject } of [...this.#busy.values(), ...this.#waiting.splice(0)]) reject(reason);
    for (const worker of [...this.#busy.keys(), ...this.#idle]) void worker.terminate();
  }

  #next(): void {
    const worker = this.#waiting.length > 0 ? this.#idle.pop() : undefined;
    if (!worker) return;
    const asked = this.#waiting.shift()!;
    this.#busy.set(worker, asked);
    worker.ref();
    worker.postMessage(asked.question);
  }

  #member(orders: ThreadOrders): Worker {
    const worker = startThread("member.ts", orders);
    worker.on("message", (message: FromMember) => this.#hear(worker, message));
    worker.on("error", (error) => this.dispose(error));
    worker.on("exit", (code) =>
      this.dispose(new Error(`A thread ended by itself (code ${code}).`)),
    );
    return worker;
  }

  #hear(worker: Worker, message: FromMember): void {
    const asked = this.#busy.get(worker);
    if (!asked || this.#ended) return;
    if ("done" in message) {
      asked.tell(message.done);
      return;
    }
    this.#busy.delete(worker);
    worker.unref();
    this.#idle.push(worker);
    if ("answer" in message) asked.resolve(message.answer as Answer);
    else asked.reject(errorOf(message));
    this.#next();
  }
}
