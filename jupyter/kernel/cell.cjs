"use strict";

/** One execution of one cell: where its output goes, how it is stopped, what went wrong in it. */
class Cell {
  /** @type {import("./errors.cjs").JupyterError | undefined} */
  failure;
  running = true;
  #stop = new AbortController();

  /**
   * @param {string} name as stack traces call it
   * @param {string} code
   * @param {(type: string, content: object) => void} send publishes under this cell
   */
  constructor(name, code, send) {
    this.name = name;
    this.code = code;
    this.send = send;
  }

  get signal() {
    return this.#stop.signal;
  }

  interrupt() {
    if (!this.signal.aborted) this.#stop.abort(new Error("The cell was interrupted."));
  }

  /** The first failure is the cause; what follows from it is not reported. */
  fail(error) {
    this.failure ??= error;
  }
}

module.exports = { Cell };
