// The stop button's word in memory that both threads see: the compiler hears it in the middle of its
// work, and the second thread whether the main one has heard it.
"use strict";

const ASKED = 0;
const PHASE = 1;
const CLOSED = 2;
const UNFINISHED = 3;
const BREAK = 4;
const RUNNING = 0;
const COMPILING = 1;
// Values of BREAK.
const NO_ANSWER = 0;
const NOT_NOW = 1;
const READY = 2;
const ORDERED = 3;
/** Waiting for the other thread, which only has to answer, is given up after this time. */
const ANSWER_MS = 200;

class Stop {
  #words;

  /** @param {SharedArrayBuffer} memory */
  constructor(memory = new SharedArrayBuffer(20)) {
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

  /**
   * For the second thread: whether the main one is ready to be broken off, and waits for the order.
   * @param {() => void} ask makes the main thread call `answerBreak`, if it executes JavaScript
   */
  isReadyToBreak(ask) {
    Atomics.store(this.#words, BREAK, NO_ANSWER);
    ask();
    Atomics.wait(this.#words, BREAK, NO_ANSWER, ANSWER_MS);
    return Atomics.load(this.#words, BREAK) === READY;
  }

  /** For the second thread: the order has been given. */
  breakOrdered() {
    Atomics.store(this.#words, BREAK, ORDERED);
    Atomics.notify(this.#words, BREAK);
  }

  /** For the main thread: answers; if it is ready, nothing else runs until the order has come. */
  answerBreak(ready) {
    Atomics.store(this.#words, BREAK, ready ? READY : NOT_NOW);
    Atomics.notify(this.#words, BREAK);
    if (ready) Atomics.wait(this.#words, BREAK, READY, ANSWER_MS);
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
