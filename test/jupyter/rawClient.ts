import { type ChildProcess, spawn } from "node:child_process";
import { createHmac, randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Dealer, Subscriber } from "zeromq";
import { Waiting } from "./waiting";

export interface Received {
  readonly channel: string;
  readonly type: string;
  /** The request that it answers. */
  readonly parent: string;
  // biome-ignore lint/suspicious/noExplicitAny: the protocol's contents are plain JSON of many shapes
  readonly content: any;
}

const DELIMITER = "<IDS|MSG>";
const CHANNELS = ["shell", "iopub", "stdin", "control", "hb"];

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

/** Resolves when a program listens; leaves at once, which the kernel must not mind. */
async function listens(port: number): Promise<void> {
  for (;;) {
    const probe = connect(port, "127.0.0.1");
    const outcome = await Promise.race([
      once(probe, "connect").then(() => true),
      once(probe, "error").then(() => false),
    ]).catch(() => false);
    probe.destroy();
    if (outcome) return;
    await sleep(50);
  }
}

/**
 * A front end without a Jupyter server: it starts a kernel from its spec and speaks the wire protocol
 * itself, as VS Code does.
 */
export class RawClient {
  readonly received: Received[] = [];
  readonly #session = randomUUID();
  readonly #key: string;
  readonly #sockets: { shell: Dealer; control: Dealer; iopub: Subscriber };
  readonly #waiting = new Waiting();

  private constructor(
    readonly kernel: ChildProcess,
    readonly folder: string,
    key: string,
  ) {
    this.#key = key;
    kernel.once("exit", (status) => this.#waiting.end(`the kernel has ended with ${status}`));
    const routingId = this.#session;
    this.#sockets = {
      shell: new Dealer({ routingId }),
      control: new Dealer({ routingId }),
      iopub: new Subscriber(),
    };
  }

  /** @param specFile an installed kernel.json */
  static async start(specFile: string): Promise<RawClient> {
    const spec = JSON.parse(readFileSync(specFile, "utf8"));
    const folder = mkdtempSync(join(tmpdir(), "collapse-lab-front-"));
    const ports = await Promise.all(CHANNELS.map(freePort));
    const key = randomUUID();
    const address = { transport: "tcp", ip: "127.0.0.1", key, signature_scheme: "hmac-sha256" };
    const named = CHANNELS.map((name, i) => [`${name}_port`, ports[i]] as const);
    const connection = join(folder, "kernel-v2.json");
    writeFileSync(connection, JSON.stringify({ ...address, ...Object.fromEntries(named) }));
    const [program, ...args] = (spec.argv as string[]).map((arg) =>
      arg.replace("{connection_file}", connection),
    );
    // Neither the project's folder nor a PATH: a desktop's session has less than a shell.
    const env = { HOME: folder, ...spec.env };
    const kernel = spawn(program, args, { cwd: folder, env, stdio: ["ignore", "pipe", "inherit"] });
    process.once("exit", () => kernel.kill("SIGKILL"));
    const client = new RawClient(kernel, folder, key);
    await Promise.all([listens(ports[0]), listens(ports[1])]);
    for (const name of ["shell", "iopub", "control"] as const) {
      client.#sockets[name].connect(`tcp://127.0.0.1:${ports[CHANNELS.indexOf(name)]}`);
      if (name === "iopub") client.#sockets.iopub.subscribe();
      void client.#listen(name);
    }
    await client.#untilSubscribed();
    return client;
  }

  async #listen(channel: "shell" | "iopub" | "control"): Promise<void> {
    for await (const frames of this.#sockets[channel]) {
      const texts = frames.map(String);
      const [header, parent, , content] = texts
        .slice(texts.indexOf(DELIMITER) + 2)
        .map((text) => JSON.parse(text));
      this.received.push({ channel, type: header.msg_type, parent: parent.msg_id, content });
      this.#waiting.look();
    }
  }

  /** Resolves when a message makes `test` true; rejects when the kernel ends before. */
  until(test: () => boolean): Promise<void> {
    return this.#waiting.until(test);
  }

  /**
   * What is published before the kernel knows of the subscription is lost. So, as Jupyter's own clients do,
   * it is asked who it is until an answer is published.
   */
  async #untilSubscribed(): Promise<void> {
    const subscribed = () => this.received.some(({ channel }) => channel === "iopub");
    while (!subscribed()) {
      await this.send("kernel_info_request", {});
      await Promise.race([this.until(subscribed), sleep(100)]);
    }
  }

  async send(
    type: string,
    content: object,
    { channel = "shell", metadata = {} }: { channel?: "shell" | "control"; metadata?: object } = {},
  ): Promise<string> {
    const header = {
      ...{ msg_id: randomUUID(), msg_type: type, session: this.#session, version: "5.2" },
      ...{ username: "", date: new Date().toISOString() },
    };
    const parts = [header, {}, metadata, content].map((part) => JSON.stringify(part));
    const signature = createHmac("sha256", this.#key).update(parts.join("")).digest("hex");
    await this.#sockets[channel].send([DELIMITER, signature, ...parts]);
    return header.msg_id;
  }

  of = (id: string): Received[] => this.received.filter(({ parent }) => parent === id);

  /** The reply to a request, once the kernel is idle after it. */
  async answered(id: string): Promise<Received> {
    const reply = () => this.of(id).find(({ channel }) => channel !== "iopub");
    const idle = () => this.of(id).some(({ content }) => content.execution_state === "idle");
    await this.until(() => reply() !== undefined && idle());
    return reply()!;
  }

  printed(id: string): string {
    const streams = this.of(id).filter(({ type }) => type === "stream");
    return streams.map(({ content }) => content.text).join("");
  }

  close(): void {
    for (const socket of Object.values(this.#sockets)) socket.close();
    this.kernel.kill("SIGKILL");
    rmSync(this.folder, { recursive: true, force: true });
  }
}
