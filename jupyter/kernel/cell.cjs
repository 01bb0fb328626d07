"use strict";
const { Interrupted } = require("./errors.cjs");

/** One execution of one cell: where its output goes, how it is stopped, what went wrong in it. */
class Cell {
  /** @type {import("./errors.cjs").JupyterError | undefined} */
  failure;
  running = true;
  #stop = new AbortController();
  #giveUp;
  /** Rejects when the cell is not waited for any longer. @type {Promise<never>} */
  givenUp = new Promise((_, reject) => {
    this.#giveUp = reject;
  });
  isGivenUp = false;

  /**
   * @param {string} name as stack traces call it
   * @param {string} code
   * @param {(type: string, content: object) => void} send publishes under this cell
   */
  constructor(name, code, send) {
    this.name = name;
    this.code = code;
    this.send = send;
    this.givenUp.catch(() => {});
  }

  get signal() {
    return this.#stop.signal;
  }

  interrupt() {
    if (!this.signal.aborted) this.#stop.abort(new Error("The cell was interrupted."));
  }

  /** What of it still runs ends at its next await. */
  giveUp() {
    this.isGivenUp = true;
    this.#giveUp(new Interrupted());
  }

  /** Called after each await in the cell's own code. @template T @param {T} [value] */
  resume(value) {
    if (this.isGivenUp) throw new Interrupted();
    return value;
  }

  /** The first failure is the cause; what follows from it is not reported. */
  fail(error) {
    this.failure ??= error;
  }
}

module.exports = { Cell };
