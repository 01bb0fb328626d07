// tslab's Jupyter server with the protocol's gaps closed: cells run through our queue and are announced
// with their number, failures are error messages, the status is true, shutdown shuts down. Output,
// control and heartbeat are the second thread's (thread.cjs).
"use strict";
const fs = require("node:fs");
const { Worker } = require("node:worker_threads");
const path = require("node:path");
const { fromRoot, fromTslab } = require("./project.cjs");
const { Cell } = require("./cell.cjs");
const { kernelInfo } = require("./info.cjs");
const { faultOf, typeOf, wellFormed } = require("./messages.cjs");

const { ZmqServer } = fromRoot("tslab/dist/jupyter.js");

/** By tslab's dispatcher; the others by ours. */
const DISPATCHED = new Set([
  ...["kernel_info_request", "execute_request", "is_complete_request"],
  ...["comm_info_request", "shutdown_request"],
]);

class KernelServer extends ZmqServer {
  #count = 0;
  /** The request that is being run, for the status. */
  #current;
  #parts;
  #thread;
  /** tslab's class of messages, which it does not export. */
  #Message;

  /**
   * @param {object} handler tslab's handler, of what the kernel is and whether a cell is complete
   * @param {string} connectionFile
   * @param {object} parts
   * @param {import("./queue.cjs").CellQueue} parts.queue
   * @param {import("./runner.cjs").Runner} parts.runner
   * @param {import("./language.cjs").LanguageHelp} parts.language
   * @param {import("./stop.cjs").Stop} parts.stop
   * @param {import("./warming.cjs").Warming} parts.warming
   * @param {(line: string) => void} parts.log
   */
  constructor(handler, connectionFile, parts) {
    super(handler, connectionFile);
    this.#parts = parts;
  }

  /** Takes the place of tslab's, which opens all sockets in one thread. */
  async init() {
    this.connInfo = JSON.parse(fs.readFileSync(this.configPath, "utf8"));
    await this.#startThread();
    const zmq = fromTslab("zeromq");
    this.shell = new zmq.Router();
    this.shell.sendTimeout = 0;
    this.shell.sendHighWaterMark = 0;
    // Nothing here asks for input, but Jupyter connects to it.
    this.stdin = new zmq.Router();
    await this.bindSocket(this.shell, this.connInfo.shell_port);
    await this.bindSocket(this.stdin, this.connInfo.stdin_port);
    for await (const frames of this.shell) void this.handleShellMessage(this.shell, ...frames);
  }

  #startThread() {
    const { runner, stop } = this.#parts;
    const zeromq = fromTslab.resolve("zeromq");
    const workerData = { connection: this.connInfo, stop: stop.memory, zeromq };
    const thread = new Worker(path.join(__dirname, "thread.cjs"), { workerData });
    this.#thread = thread;
    this.iopub = { send: (iopub) => thread.postMessage({ iopub }) };
    this.control = { send: (control) => thread.postMessage({ control }) };
    // A process that ends while the thread's sockets are open aborts.
    process.on("exit", () => {
      thread.postMessage({ close: true });
      stop.waitForThread();
    });
    return new Promise((resolve, reject) => {
      thread.on("error", reject);
      thread.on("message", (message) => {
        if (message.bound) resolve();
        else if (message.failed) reject(Object.assign(new Error(), message.failed));
        else if (message.interrupt) runner.interruptAsked();
        else if (message.brokenOff) runner.brokenOff();
        else void this.handleShellMessage(this.control, ...message.control.map(Buffer.from));
      });
    });
  }

  async handleShellMessage(socket, ...frames) {
    const fault = faultOf(this.connInfo.key, frames);
    if (fault) {
      this.#parts.log(`A message to the kernel was ignored: ${fault}.`);
      return;
    }
    if (DISPATCHED.has(typeOf(frames))) await super.handleShellMessage(socket, ...frames);
    else await this.#handleOther(socket, frames);
  }

  /** JupyterLab waits for the idle after any request, and asks for a history. */
  async #handleOther(socket, frames) {
    if (!this.#Message) return;
    const request = this.#Message.fromRaw(this.connInfo.key, frames);
    this.publishStatus("busy", request);
    const content = await this.#answer(request.header.msg_type, request.content);
    if (content) {
      const reply = request.header.msg_type.replace(/_request$/, "_reply");
      this.#send(socket, request, reply, content);
    }
    this.publishStatus("idle", request);
  }

  /** The reply's content; undefined for requests that are not known. */
  async #answer(type, content) {
    switch (type) {
      case "complete_request":
      case "inspect_request":
        try {
          return await this.#parts.language.answer(type, content);
        } catch ({ name, message }) {
          // Of a stop that was meant for a cell, too.
          return { status: "error", ename: name, evalue: message, traceback: [] };
        }
      case "history_request":
        return { status: "ok", history: [] };
      case "interrupt_request":
        // VS Code's Jupyter extension of before 2026 presses stop here instead of on the control channel.
        this.#parts.runner.interrupt();
        return { status: "ok" };
      default:
        return undefined;
    }
  }

  /** A cell is busy from its start, not from its arrival; and stays so while others are answered. */
  publishStatus(status, request) {
    this.#Message ??= request.constructor;
    if (request.header.msg_type === "execute_request") return;
    super.publishStatus(status, request);
    if (status === "idle" && this.#current) super.publishStatus("busy", this.#current);
  }

  handleExecute(socket, request) {
    this.#parts.warming.end();
    return this.#parts.queue.add(
      () => this.#execute(socket, request),
      () => {
        super.publishStatus("busy", request);
        this.#send(socket, request, "execute_reply", { status: "aborted" });
        super.publishStatus("idle", request);
      },
    );
  }

  async #execute(socket, request) {
    const { queue, runner } = this.#parts;
    const { code, silent = false, store_history = !silent, stop_on_error = true } = request.content;
    if (store_history) this.#count++;
    const execution_count = this.#count;
    this.#current = request;
    super.publishStatus("busy", request);
    const publish = this.#publisher(request);
    if (!silent) publish("execute_input", { code, execution_count });
    const cell = new Cell(store_history ? `In[${execution_count}]` : "In[*]", code, publish);
    await runner.run(cell);
    if (stop_on_error && (cell.failure || cell.signal.aborted)) await queue.abortWaiting();
    if (cell.failure) publish("error", cell.failure);
    const outcome = cell.failure
      ? { status: "error", ...cell.failure }
      : { status: "ok", payload: [], user_expressions: {} };
    this.#send(socket, request, "execute_reply", { ...outcome, execution_count });
    this.#current = undefined;
    super.publishStatus("idle", request);
  }

  /** What publishes under a request. Text is put together on its way. */
  #publisher(request) {
    const parent = JSON.stringify(request.header);
    return (type, content) => {
      if (type === "stream") this.#thread.postMessage({ stream: { parent, ...content } });
      else this.#send(this.iopub, request, type, content);
    };
  }

  /** Takes the place of tslab's, which calls the language TypeScript 3.7.2. */
  handleKernelInfo(socket, request) {
    this.#send(socket, request, "kernel_info_reply", { status: "ok", ...kernelInfo });
    this.#parts.warming.begin();
  }

  handleCommInfoRequest(socket, request) {
    this.#send(socket, request, "comm_info_reply", { status: "ok", comms: {} });
  }

  handleShutdown(socket, request) {
    const { restart } = request.content;
    this.#send(socket, request, "shutdown_reply", { status: "ok", restart });
  }

  /** Called after the reply to a shutdown. The pause lets it leave the process. */
  close() {
    setTimeout(() => process.exit(0), 50);
  }

  #send(socket, request, type, content) {
    const reply = request.createReply();
    reply.header.msg_type = type;
    reply.content = wellFormed(content);
    reply.signAndSend(this.connInfo.key, socket);
  }
}

module.exports = { KernelServer };
