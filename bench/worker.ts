import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** Lines of a dead worker's error output that are shown. */
const LAST_LINES = 12;

/** One process under test: told its config first, then asked and answering line by line, in JSON. */
export class Worker<Answer> {
  readonly answers: Answer[] = [];
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  /** What it printed last on its error output, for when it dies. */
  #errors = "";

  constructor(
    readonly name: string,
    readonly ours: boolean,
    command: readonly string[],
    config: object,
    environment: Readonly<Record<string, string>> = {},
  ) {
    this.#child = spawn(command[0], command.slice(1), {
      stdio: ["pipe", "pipe", "pipe"],
      env: { ...process.env, ...environment },
    });
    this.#child.stderr!.on("data", (text: Buffer) => {
      this.#errors = (this.#errors + text.toString()).split("\n").slice(-LAST_LINES).join("\n");
    });
    // A worker that has died is noticed by the answer that does not come.
    this.#child.stdin!.on("error", () => {});
    this.#lines = createInterface({ input: this.#child.stdout! })[Symbol.asyncIterator]();
    this.#send(config);
  }

  /** Asks for something and waits for the answer. */
  async ask<A = Answer>(question: unknown): Promise<A> {
    this.#send(question);
    const { value, done } = await this.#lines.next();
    if (done) throw new Error(`${this.name} ended without an answer.\n${this.#errors}`);
    return JSON.parse(value);
  }

  /** Asks for a round that counts. */
  async round(question: unknown): Promise<void> {
    this.answers.push(await this.ask(question));
  }

  #send(value: unknown): void {
    this.#child.stdin!.write(`${JSON.stringify(value)}\n`);
  }

  /** Ends the process and waits until it is gone. */
  async close(): Promise<void> {
    this.#child.stdin!.end();
    if (this.#child.exitCode === null && this.#child.signalCode === null)
      await once(this.#child, "exit");
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export const mebibytes = (bytes: number): number => bytes / 2 ** 20;
