// Between the opening of a notebook and the run of its first cell a kernel has nothing to do. Meanwhile it
// reads what that cell will most likely need: the types of the language, of Node and of the library.
"use strict";

/** Without a cell for so long somebody is reading; programs send theirs at once. */
const IDLE_MS = 300;

class Warming {
  #notebook;
  #stop;
  /** @type {NodeJS.Timeout | undefined} */
  #timer;
  #isOver = false;

  /** @param {import("./notebook.cjs").Notebook} notebook @param {import("./stop.cjs").Stop} stop */
  constructor(notebook, stop) {
    this.#notebook = notebook;
    this.#stop = stop;
  }

  /** Somebody has opened the kernel. */
  begin() {
    if (this.#isOver || this.#timer) return;
    this.#timer = setTimeout(() => void this.#warm(), IDLE_MS).unref();
  }

  /** A cell has come, and reads what it needs itself. */
  end() {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }

  async #warm() {
    const work = (code) => this.#stop.whileCompiling(() => this.#notebook.read(code));
    try {
      work("");
      // A cell that has come meanwhile goes first.
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#isOver) return;
      await this.#notebook.prepare(LIKELY);
      if (!this.#isOver) work(LIKELY);
    } catch {
      // The stop button, or what the first cell will say.
      if (this.#isOver) return;
      this.#stop.heard();
      this.#stop.finished();
    }
  }
}

const LIKELY = 'import "./lib/index";';

module.exports = { Warming };
