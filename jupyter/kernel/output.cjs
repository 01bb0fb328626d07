// Repairs: tslab sends all output to the cell that runs now, so that a loop left over from an earlier
// cell prints into later ones, and it never calls back those who wait for a write. Here output, and
// the signal, belong to the cell whose code is asking, also after an await.
"use strict";
const { AsyncLocalStorage } = require("node:async_hooks");

class Output {
  #asking = new AsyncLocalStorage();
  #toLog = process.stderr.write.bind(process.stderr);
  /** The cell to which output belongs that no cell's code asked for. @type {import("./cell.cjs").Cell | undefined} */
  latest;

  get cell() {
    return this.#asking.getStore() ?? this.latest;
  }

  /** @template T @param {import("./cell.cjs").Cell} cell @param {() => T} work */
  within(cell, work) {
    this.latest = cell;
    return this.#asking.run(cell, work);
  }

  /** Writes a line to the server's log, never under a cell. @param {string} line */
  log(line) {
    this.#toLog(`${line}\n`);
  }

  /** Makes stdout and stderr Jupyter streams; before the first cell they are the server's log. */
  captureStreams() {
    for (const name of /** @type {const} */ (["stdout", "stderr"])) {
      const stream = process[name];
      // A pipe is shared with who started us (nbconvert). Node makes it non-blocking, which stays so if
      // this process is killed, and theirs then fail to write.
      stream._handle?.setBlocking?.(true);
      const toLog = stream.write.bind(stream);
      const decoder = new TextDecoder();
      stream.write = (chunk, encoding, callback) => {
        const { cell } = this;
        if (!cell) return toLog(chunk, encoding, callback);
        cell.send("stream", {
          name,
          text: typeof chunk === "string" ? chunk : decoder.decode(chunk, { stream: true }),
        });
        const done = typeof encoding === "function" ? encoding : callback;
        if (done) process.nextTick(done);
        return true;
      };
    }
  }

  /** `globalThis.collapseLabKernel`: the whole of what lib/notebook may know of the kernel. */
  publishInterface() {
    const output = this;
    const idle = new AbortController().signal;
    globalThis.collapseLabKernel = Object.freeze({
      send(type, content) {
        output.cell?.send(type, content);
      },
      get signal() {
        return output.cell?.signal ?? idle;
      },
    });
  }
}

module.exports = { Output };
