// Runs cells: checks, compiles and executes them, and stops them. An interrupt first asks (the cell's
// signal), then insists. An error that comes late fails its cell, or is shown under it when it has ended.
"use strict";
const vm = require("node:vm");
const { ts } = require("./compiler.cjs");
const { Interrupted, interruption } = require("./errors.cjs");
const { scriptOf } = require("./script.cjs");

/** How long a cell may take to end by itself after its signal was aborted. */
const GRACE_MS = 2000;

/** What is thrown by those who heard the signal. */
const STOPPED = new Set(["Cancelled", "AbortError", "Interrupted"]);

class Runner {
  /** @type {import("./cell.cjs").Cell | undefined} */
  #running;
  /** A late error that no cell has reported, when nobody is looking at the screen. */
  #unseen;

  /**
   * @param {object} parts
   * @param {import("./notebook.cjs").Notebook} parts.notebook
   * @param {import("./modules.cjs").ProjectModules} parts.modules
   * @param {import("./names.cjs").SharedNames} parts.names
   * @param {import("./displays.cjs").Displays} parts.displays
   * @param {import("./positions.cjs").Positions} parts.positions
   * @param {import("./errors.cjs").ErrorReports} parts.reports
   * @param {import("./output.cjs").Output} parts.output
   * @param {import("./stop.cjs").Stop} parts.stop
   * @param {boolean} parts.headless a late error then fails the next cell: nobody would see it else
   */
  constructor(parts) {
    Object.assign(this, parts);
  }

  /** Runs a cell to its end; what went wrong is in `cell.failure`. */
  async run(cell) {
    this.#running = cell;
    this.reports.cells.set(cell.name, cell.code);
    if (this.#unseen) {
      cell.fail(this.#unseen);
      this.#unseen = undefined;
    } else {
      try {
        const compiling = (work) => this.stop.whileCompiling(work);
        await this.notebook.prepare(cell.code, cell.signal, compiling);
        const compiled = this.#compile(cell);
        if (compiled) await this.#execute(cell, compiled);
      } catch (error) {
        this.#thrown(cell, error);
      }
    }
    cell.running = false;
    this.#running = undefined;
    this.stop.finished();
  }

  /** Not interruptible from outside, but the compiler asks all the time. */
  #compile(cell) {
    return this.stop.whileCompiling(() => {
      const checked = this.notebook.check(cell.name, cell.code);
      if (checked.diagnostics.length > 0) {
        cell.fail(this.reports.diagnosed(cell.name, checked.diagnostics));
        return undefined;
      }
      const { text, map, declares } = scriptOf(checked.program, checked.source);
      // The line that starts the function is none of the cell's.
      const script = new vm.Script(text, { filename: cell.name, lineOffset: -1 });
      this.positions.add(cell.name, cell.name, map);
      return { file: checked.file, script, declares };
    });
  }

  /** What was declared before a failure stays, imports and types included. */
  async #execute(cell, { file, script, declares }) {
    const reached = new Set();
    this.modules.refresh();
    // A function may go on for another cell than the one that declares it.
    const resume = (value) => this.output.cell.resume(value);
    const show = (value) => this.displays.show(value);
    const help = this.names.helpOf(this.modules, reached, resume, show);
    try {
      const start = () => script.runInThisContext()(this.names.values, help);
      await Promise.race([this.#apart(cell, start), cell.givenUp]);
    } finally {
      const hidden =
        cell.failure || reached.size < declares.length ? missing(declares, reached) : [];
      this.notebook.keep(file, hidden);
    }
  }

  /**
   * Starts work in a turn of its own: one that is broken off from the other thread takes all with it that
   * has called it, and its promise is never settled.
   */
  #apart(cell, work) {
    return new Promise((resolve, reject) => {
      setImmediate(() => this.output.within(cell, () => work().then(resolve, reject)));
    });
  }

  #thrown(cell, error) {
    const stopped =
      error instanceof ts.OperationCanceledException ||
      error instanceof Interrupted ||
      (cell.signal.aborted && (error === cell.signal.reason || STOPPED.has(error?.name)));
    if (error instanceof ts.OperationCanceledException) this.stop.heard();
    // What was cancelled may say what it leaves.
    const left = error?.name === "Cancelled" ? error.message : undefined;
    cell.fail(stopped ? interruption(left) : this.reports.thrown(error));
  }

  /** The stop button, by way of the other thread. What the compiler has heard is done with. */
  interruptAsked() {
    if (!this.stop.isAsked) return;
    this.stop.heard();
    this.interrupt();
  }

  /** Asks the running cell to end; insists after a while, or at once when asked again. */
  interrupt() {
    const cell = this.#running;
    if (!cell) {
      this.stop.finished();
      return;
    }
    if (cell.signal.aborted) {
      cell.giveUp();
      return;
    }
    cell.interrupt();
    setTimeout(() => cell.giveUp(), GRACE_MS).unref();
  }

  /** The other thread has broken off a stretch of code, after which its cell may never end by itself. */
  brokenOff() {
    const cell = this.#running;
    cell?.interrupt();
    cell?.giveUp();
  }

  /** An error that nobody caught. */
  late(error) {
    const { cell } = this.output;
    if (error instanceof Interrupted) return;
    const report = this.reports.thrown(error);
    if (!cell) throw error;
    if (cell.running) {
      cell.fail(report);
      cell.giveUp();
      return;
    }
    cell.send("error", report);
    if (this.headless) this.#unseen ??= report;
  }
}

const missing = (declares, reached) => declares.filter((name) => !reached.has(name));

module.exports = { Runner };
