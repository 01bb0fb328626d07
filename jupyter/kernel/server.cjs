// tslab's Jupyter server with the protocol's gaps closed: cells run through our queue and are announced
// with their number, failures are error messages, the status is true, shutdown shuts down.
"use strict";
const { fromRoot } = require("./project.cjs");
const { Cell } = require("./cell.cjs");
const { faultOf, typeOf } = require("./messages.cjs");
const { liftSendLimits } = require("./sockets.cjs");

const { ZmqServer } = fromRoot("tslab/dist/jupyter.js");

const ANSWERED = new Set([
  ...["kernel_info_request", "execute_request", "is_complete_request", "inspect_request"],
  ...["complete_request", "comm_info_request", "shutdown_request"],
]);

class KernelServer extends ZmqServer {
  #count = 0;
  /** The request that is being run, for the status. */
  #current;
  #queue;
  #runner;
  #log;
  /** tslab's class of messages, which it does not export. */
  #Message;

  /**
   * @param {object} handler tslab's handler of everything but execution
   * @param {string} connectionFile
   * @param {import("./queue.cjs").CellQueue} queue
   * @param {{ run(cell: Cell): Promise<void> }} runner
   * @param {(line: string) => void} log
   */
  constructor(handler, connectionFile, queue, runner, log) {
    super(handler, connectionFile);
    liftSendLimits(this);
    this.#queue = queue;
    this.#runner = runner;
    this.#log = log;
  }

  async handleShellMessage(socket, ...frames) {
    const fault = faultOf(this.connInfo.key, frames);
    if (fault) {
      this.#log(`A message to the kernel was ignored: ${fault}.`);
      return;
    }
    if (ANSWERED.has(typeOf(frames))) await super.handleShellMessage(socket, ...frames);
    else this.#handleOther(socket, frames);
  }

  /** JupyterLab waits for the idle after any request, and asks for a history. */
  #handleOther(socket, frames) {
    if (!this.#Message) return;
    const request = this.#Message.fromRaw(this.connInfo.key, frames);
    this.publishStatus("busy", request);
    if (request.header.msg_type === "history_request") {
      this.#send(socket, request, "history_reply", { status: "ok", history: [] });
    }
    this.publishStatus("idle", request);
  }

  /** A cell is busy from its start, not from its arrival; and stays so while others are answered. */
  publishStatus(status, request) {
    this.#Message ??= request.constructor;
    if (request.header.msg_type === "execute_request") return;
    super.publishStatus(status, request);
    if (status === "idle" && this.#current) super.publishStatus("busy", this.#current);
  }

  handleExecute(socket, request) {
    return this.#queue.add(
      () => this.#execute(socket, request),
      () => {
        super.publishStatus("busy", request);
        this.#send(socket, request, "execute_reply", { status: "aborted" });
        super.publishStatus("idle", request);
      },
    );
  }

  async #execute(socket, request) {
    const { code, silent = false, store_history = !silent, stop_on_error = true } = request.content;
    if (store_history) this.#count++;
    const execution_count = this.#count;
    this.#current = request;
    super.publishStatus("busy", request);
    const publish = (type, content) => this.#send(this.iopub, request, type, content);
    if (!silent) publish("execute_input", { code, execution_count });
    const cell = new Cell(store_history ? `In[${execution_count}]` : "In[*]", code, publish);
    await this.#runner.run(cell);
    if (stop_on_error && (cell.failure || cell.signal.aborted)) await this.#queue.abortWaiting();
    if (cell.failure) publish("error", cell.failure);
    const outcome = cell.failure
      ? { status: "error", ...cell.failure }
      : { status: "ok", payload: [], user_expressions: {} };
    this.#send(socket, request, "execute_reply", { ...outcome, execution_count });
    this.#current = undefined;
    super.publishStatus("idle", request);
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
    reply.content = content;
    reply.signAndSend(this.connInfo.key, socket);
  }
}

module.exports = { KernelServer };
