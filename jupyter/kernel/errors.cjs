// Failures as Jupyter errors (tslab prints them to stderr): name, message, and a traceback in the
// reader's own lines, with the line at fault shown.
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const util = require("node:util");
const { ts } = require("./compiler.cjs");
const { widthOf } = require("./codePoints.cjs");
const { hintFor } = require("./hints.cjs");
const { INPUTS, NO_INPUT } = require("./input.cjs");
const { isCell, root } = require("./project.cjs");

/** @typedef {{ ename: string, evalue: string, traceback: string[] }} JupyterError */

/** Thrown where a stopped cell would go on. */
class Interrupted extends Error {
  name = "Interrupted";
  constructor() {
    super("The cell was interrupted.");
  }
}

/** What a stopped cell says. @param {string} evalue @returns {JupyterError} */
function interruption(evalue = new Interrupted().message) {
  return { ename: "Interrupted", evalue, traceback: [`Interrupted: ${evalue}`] };
}

/** A line of a stack trace: `at f (In[3]:4:9)`. */
const FRAME = /^\s+at (?:.* \()?(?:async )?(\S.*?):(\d+):(\d+)\)?$/;

/** Two lines before and the line itself. @param {string} text @param {number} line @param {number} column */
function excerpt(text, line, column) {
  const lines = text.split("\n");
  const shown = lines.slice(Math.max(0, line - 3), line);
  const first = line - shown.length + 1;
  const numbered = shown.map((content, i) => {
    const mark = first + i === line ? ">" : " ";
    return `${mark} ${String(first + i).padStart(4)} | ${content}`;
  });
  const before = widthOf((lines[line - 1] ?? "").slice(0, Math.max(0, column - 1)));
  return ["", ...numbered, `       | ${" ".repeat(before)}^`];
}

class ErrorReports {
  /** Source of the cells by name. @type {Map<string, string>} */
  cells = new Map();

  /** @param {string} name a cell's name or a path inside the project */
  #text(name) {
    if (this.cells.has(name)) return this.cells.get(name);
    const file = path.resolve(root, name);
    if (file.includes("node_modules") || !file.startsWith(root)) return undefined;
    return fs.existsSync(file) ? fs.readFileSync(file, "utf8") : undefined;
  }

  /** The lines around the first frame of a trace that the reader wrote. @param {string} trace */
  #excerptOf(trace) {
    for (const frame of trace.split("\n")) {
      const [, name, line, column] = FRAME.exec(frame) ?? [];
      const text = name && this.#text(name);
      if (text) return excerpt(text, Number(line), Number(column));
    }
    return [];
  }

  /** What was thrown → a Jupyter error. @param {unknown} thrown @returns {JupyterError} */
  thrown(thrown) {
    if (!util.types.isNativeError(thrown) && !(thrown instanceof Error)) {
      const evalue = util.inspect(thrown);
      return { ename: "Thrown", evalue, traceback: `Thrown: ${evalue}`.split("\n") };
    }
    const { name, message, stack } = thrown;
    const code = this.#excerptOf(String(stack));
    const traceback = [...util.inspect(thrown).split("\n"), ...code];
    return { ename: String(name), evalue: String(message), traceback };
  }

  /**
   * What the compiler found → a Jupyter error.
   * @param {string} cell the cell's name @param {any[]} diagnostics @returns {JupyterError}
   */
  diagnosed(cell, diagnostics) {
    const traceback = diagnostics.flatMap(({ file, start, messageText, code }) => {
      const name = isCell(file.fileName) ? cell : path.relative(root, file.fileName);
      const { line, character } = ts.getLineAndCharacterOfPosition(file, start);
      const message = ts.flattenDiagnosticMessageText(messageText, "\n");
      const head = `${name}:${line + 1}:${character + 1} - error TS${code}: ${message}`;
      return [head, ...excerpt(file.text, line + 1, character + 1), ""];
    });
    const hint = hintOf(diagnostics);
    if (hint) return { ename: "TypeScript", evalue: hint, traceback: [hint] };
    return { ename: "TypeScript", evalue: traceback[0], traceback };
  }
}

/** What to do instead, where the compiler's words would not help. @returns {string | undefined} */
function hintOf(diagnostics) {
  const [{ file }] = diagnostics;
  if (!isCell(file.fileName)) return undefined;
  const messages = diagnostics.map(({ messageText }) => String(messageText));
  const isUnknown = (name) =>
    messages.some((text) => text.startsWith(`Cannot find name '${name}'`));
  if (INPUTS.some(isUnknown)) return NO_INPUT;
  return hintFor(file.text, file.parseDiagnostics.length === 0, isUnknown);
}

module.exports = { ErrorReports, Interrupted, interruption };
