// The stop button's word in memory that both threads see: the compiler hears it in the middle of its
// work, and the second thread whether the main one has heard it.
"use strict";

const ASKED = 0;
const PHASE = 1;
const CLOSED = 2;
const UNFINISHED = 3;
const RUNNING = 0;
const COMPILING = 1;

class Stop {
  #words;

  /** @param {SharedArrayBuffer} memory */
  constructor(memory = new SharedArrayBuffer(16)) {
    this.memory = memory;
    this.#words = new Int32Array(memory);
  }

  ask() {
    Atomics.store(this.#words, UNFINISHED, 1);
    Atomics.store(this.#words, ASKED, 1);
  }

  get isAsked() {
    return Atomics.load(this.#words, ASKED) === 1;
  }

  /** The main thread has heard it. */
  heard() {
    Atomics.store(this.#words, ASKED, 0);
  }

  /** From asking until the cell has ended: one that has heard it may still begin to loop. */
  get isUnfinished() {
    return Atomics.load(this.#words, UNFINISHED) === 1;
  }

  /** The cell has ended, or there was none. */
  finished() {
    Atomics.store(this.#words, UNFINISHED, 0);
  }

  get phase() {
    return Atomics.load(this.#words, PHASE);
  }

  /** @template T @param {() => T} work of the compiler, which is not broken off */
  whileCompiling(work) {
    Atomics.store(this.#words, PHASE, COMPILING);
    try {
      return work();
    } finally {
      Atomics.store(this.#words, PHASE, RUNNING);
    }
  }

  threadHasClosed() {
    Atomics.store(this.#words, CLOSED, 1);
    Atomics.notify(this.#words, CLOSED);
  }

  /** Blocks, but not for long. */
  waitForThread() {
    Atomics.wait(this.#words, CLOSED, 0, 1000);
  }
}

module.exports = { COMPILING, Stop };
