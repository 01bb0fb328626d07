// Repairs: an interrupted loop of awaits went on running; errors thrown later by a timer or a floating
// promise were text on stderr. Here an interrupt first asks (the cell's signal), then insists, and a
// late error fails its cell, or is shown under it when the cell has ended.
"use strict";
const { fromRoot, root } = require("./project.cjs");

const { createExecutor } = fromRoot("tslab/dist/executor.js");

/** How long a cell may take to end by itself after its signal was aborted. */
const GRACE_MS = 3000;

const INTERRUPTED = {
  ename: "Interrupted",
  evalue: "The cell was interrupted.",
  traceback: ["Interrupted: The cell was interrupted."],
};

class Runner {
  /** @type {import("./cell.cjs").Cell | undefined} */
  #running;
  /** The compiler's findings in the running cell. */
  #diagnostics = [];
  /** A late error that no cell has reported, when nobody is looking at the screen. */
  #unseen;

  /**
   * @param {object} converters
   * @param {import("./errors.cjs").ErrorReports} reports
   * @param {import("./output.cjs").Output} output
   * @param {boolean} headless a late error then fails the next cell: nobody would see it else
   */
  constructor(converters, reports, output, headless) {
    this.reports = reports;
    this.output = output;
    this.headless = headless;
    this.executor = createExecutor(root, converters, {
      log: console.log,
      error: (...args) => args.length === 1 && this.#thrown(args[0]),
    });
  }

  get running() {
    return this.#running;
  }

  onConverted(converted) {
    this.#diagnostics = converted.diagnostics;
  }

  /** Runs a cell to its end; what went wrong is in `cell.failure`. */
  async run(cell) {
    this.#running = cell;
    this.#diagnostics = [];
    this.reports.cells.set(cell.name, cell.code);
    if (this.#unseen) {
      cell.fail(this.#unseen);
      this.#unseen = undefined;
    } else {
      const ok = await this.output.within(cell, () => this.executor.execute(cell.code));
      if (!ok) cell.fail(this.reports.diagnosed(cell.name, this.#diagnostics));
    }
    cell.running = false;
    this.#running = undefined;
  }

  #thrown(error) {
    const cell = this.#running;
    // Node's own word for a script that Ctrl-C broke off; no handler of the signal has run then.
    if (error?.code === "ERR_SCRIPT_EXECUTION_INTERRUPTED") cell.interrupt();
    const unasked = error?.message === "Interrupted asynchronously";
    const broken = unasked || error?.code === "ERR_SCRIPT_EXECUTION_INTERRUPTED";
    cell.fail(broken ? INTERRUPTED : this.reports.thrown(error));
  }

  /** Asks the running cell to end; insists after a while, or at once when asked again. */
  interrupt() {
    const cell = this.#running;
    if (!cell) return;
    if (cell.signal.aborted) {
      this.executor.interrupt();
      return;
    }
    cell.interrupt();
    setTimeout(() => this.#running === cell && this.executor.interrupt(), GRACE_MS);
  }

  /** An error that nobody caught. */
  late(error) {
    const { cell } = this.output;
    const report = this.reports.thrown(error);
    if (!cell) throw error;
    if (cell.running) {
      cell.fail(report);
      this.executor.interrupt();
      return;
    }
    cell.send("error", report);
    if (this.headless) this.#unseen ??= report;
  }
}

module.exports = { Runner };
