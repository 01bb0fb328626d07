// Repair: after a failure tslab skips, without a word, every cell sent within 200 ms. What Jupyter asks
// for is narrower: the requests that were already waiting when the cell failed are answered "aborted".
"use strict";
const { setTimeout: sleep } = require("node:timers/promises");

/**
 * How long requests sent in one go ("Run All") may be on their way. The failure is reported only after
 * that, so no client that waits for the report can have its next cell aborted.
 */
const IN_FLIGHT_MS = 40;

class CellQueue {
  #tail = Promise.resolve();
  #received = 0;
  #abortUpTo = 0;

  /**
   * Runs `work` when its turn has come, or `aborted` when a failure has overtaken it.
   * @param {() => Promise<void>} work @param {() => void} aborted
   */
  add(work, aborted) {
    const number = ++this.#received;
    this.#tail = this.#tail.then(() => (number <= this.#abortUpTo ? aborted() : work()));
    return this.#tail;
  }

  /** Aborts what waits. Resolves when everything sent along with it has arrived. */
  async abortWaiting() {
    await sleep(IN_FLIGHT_MS);
    this.#abortUpTo = this.#received;
  }
}

module.exports = { CellQueue };
