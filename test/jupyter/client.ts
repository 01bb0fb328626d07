import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { Waiting } from "./waiting";

export const ROOT = resolve(import.meta.dirname, "..", "..");

/** One message of the kernel, as the Jupyter protocol names its parts. */
export interface Message {
  readonly channel: "iopub" | "shell" | "control";
  readonly type: string;
  readonly parent: string;
  // biome-ignore lint/suspicious/noExplicitAny: the protocol's contents are plain JSON of many shapes
  readonly content: any;
}

/** What one cell execution gave: its reply and all it published, in order. */
export interface Execution {
  readonly reply: Message["content"];
  readonly published: readonly Message[];
  /** Text of one stream. */
  text(name?: "stdout" | "stderr"): string;
}

/** A kernel under a real `jupyter_client`, in a folder of the project. */
export class KernelClient {
  readonly messages: Message[] = [];
  /** What the kernel wrote to the server's log. */
  log = "";
  #sent: ((id: string) => void)[] = [];
  #ready!: (pid: number) => void;
  #failReady!: (error: Error) => void;
  readonly #waiting = new Waiting();
  /** Exit status of the kernel, once it has ended without being asked to restart. */
  exitStatus?: number;

  private constructor(readonly driver: ChildProcess) {
    createInterface({ input: driver.stdout! }).on("line", (line) => this.#receive(line));
    driver.once("exit", () => {
      this.#failReady(new Error("The Jupyter client has ended."));
      this.#waiting.end("the Jupyter client has ended");
    });
  }

  /** @param folder inside the project @param root of another project than this one, with the same packages */
  static async start(folder = "notebooks", root = ROOT): Promise<KernelClient & { pid: number }> {
    const python = join(ROOT, ".venv", "bin", "python");
    const driver = spawn(python, [join(ROOT, "test", "jupyter", "driver.py"), join(root, folder)], {
      env: { ...process.env, JUPYTER_PATH: join(root, "jupyter") },
      stdio: ["pipe", "pipe", "pipe"],
    });
    const client = new KernelClient(driver);
    driver.stderr.on("data", (text: Buffer) => {
      client.log += text.toString();
      process.stderr.write(text);
    });
    // A test that ran out of time must not leave a kernel behind.
    const kill = () => driver.kill("SIGKILL");
    process.once("exit", kill);
    driver.once("exit", () => process.off("exit", kill));
    return Object.assign(client, { pid: await client.#nextReady() });
  }

  #nextReady = () =>
    new Promise<number>((resolve, reject) => {
      this.#ready = resolve;
      this.#failReady = reject;
    });

  #receive(line: string): void {
    const message = JSON.parse(line);
    if (message.ready) this.#ready(message.ready);
    else if (message.sent) this.#sent.shift()!(message.sent);
    else if (message.exitStatus !== undefined) this.exitStatus = message.exitStatus;
    else this.messages.push(message);
    this.#waiting.look();
    if (this.exitStatus !== undefined)
      this.#waiting.end(`the kernel has ended with ${this.exitStatus}`);
  }

  /** Resolves when a message makes `test` true; rejects when the kernel ends before. */
  until(test: () => boolean): Promise<void> {
    return this.#waiting.until(test);
  }

  #command(command: object): void {
    this.driver.stdin!.write(`${JSON.stringify(command)}\n`);
  }

  /** Sends a request without waiting for anything but its id. */
  send(type: string, content: object, channel = "shell"): Promise<string> {
    this.#command({ send: type, content, channel });
    return new Promise((resolve) => this.#sent.push(resolve));
  }

  sendCell(code: string, options: object = {}): Promise<string> {
    return this.send("execute_request", { code, silent: false, stop_on_error: true, ...options });
  }

  /** Messages that belong to a request. */
  of(id: string): Message[] {
    return this.messages.filter(({ parent }) => parent === id);
  }

  /** The reply to a request that needs no cell: completion, inspection, … */
  async ask(type: string, content: object): Promise<Message> {
    const id = await this.send(type, content);
    const reply = () => this.of(id).find(({ channel }) => channel === "shell");
    await this.until(() => reply() !== undefined);
    return reply()!;
  }

  /** Waits for a cell's reply and its idle. */
  async ended(id: string): Promise<Execution> {
    const reply = () => this.of(id).find(({ type }) => type === "execute_reply");
    const idle = () => this.of(id).some(({ content }) => content.execution_state === "idle");
    await this.until(() => reply() !== undefined && idle());
    const published = this.of(id).filter(({ channel }) => channel === "iopub");
    const text = (name = "stdout") =>
      published
        .filter(({ type, content }) => type === "stream" && content.name === name)
        .map(({ content }) => content.text)
        .join("");
    return { reply: reply()!.content, published, text };
  }

  async run(code: string, options: object = {}): Promise<Execution> {
    return this.ended(await this.sendCell(code, options));
  }

  /** Waits until a cell has printed a text. */
  printed(id: string, text: string): Promise<void> {
    return this.until(() => this.of(id).some(({ content }) => content.text?.includes(text)));
  }

  /** Sends what no Jupyter of ours would: frames as they are, or a request signed with another key. */
  forge(message: { frames: readonly string[] } | { type: string; content: object }): void {
    this.#command({ do: "forge", ...message });
  }

  interrupt(): void {
    this.#command({ do: "interrupt" });
  }

  async restart(): Promise<number> {
    const ready = this.#nextReady();
    this.#command({ do: "restart" });
    return ready;
  }

  /** Shuts the kernel down, which must leave with status 0 within 10 s. */
  async close(): Promise<void> {
    if (this.driver.exitCode !== null || this.driver.signalCode !== null) return;
    const ended = new Promise((resolve) => this.driver.once("close", resolve));
    this.driver.stdin!.end();
    await ended;
    assert.equal(this.exitStatus, 0, "exit status of the kernel");
  }
}
