// Repair: tslab prints failures to stderr. Here they become Jupyter errors: name, message, and a
// traceback in the reader's own lines, with the line at fault shown.
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const util = require("node:util");
const { root } = require("./project.cjs");

/** @typedef {{ ename: string, evalue: string, traceback: string[] }} JupyterError */

const FRAME = /^(\s+at (?:.*\()?)(?:file:\/\/)?([^()]+?):(\d+):(\d+)(\)?)$/;
const MACHINERY = /node:|tslab[\\/]dist|jupyter[\\/]kernel[\\/]|^\s+at <anonymous>$/;

/** Two lines before and the line itself. @param {string | undefined} text @param {number} line @param {number} column */
function excerpt(text, line, column) {
  if (text === undefined) return [];
  const lines = text.split("\n");
  const shown = lines.slice(Math.max(0, line - 3), line);
  const first = line - shown.length + 1;
  const numbered = shown.map((content, i) => {
    const mark = first + i === line ? ">" : " ";
    return `${mark} ${String(first + i).padStart(4)} | ${content}`;
  });
  return ["", ...numbered, `       | ${" ".repeat(Math.max(0, column - 1))}^`];
}

class ErrorReports {
  /** @param {import("./positions.cjs").Positions} positions */
  constructor(positions) {
    this.positions = positions;
    /** Source of the cells by name. @type {Map<string, string>} */
    this.cells = new Map();
  }

  /** @param {string} name a cell's name or a path inside the project */
  #text(name) {
    if (this.cells.has(name)) return this.cells.get(name);
    try {
      return fs.readFileSync(path.join(root, name), "utf8");
    } catch {
      return undefined;
    }
  }

  /** What was thrown → a Jupyter error. @param {unknown} thrown @returns {JupyterError} */
  thrown(thrown) {
    const isError = util.types.isNativeError(thrown) || thrown instanceof Error;
    const ename = isError ? thrown.name : "Thrown";
    const evalue = isError ? thrown.message : util.inspect(thrown);
    const text = isError ? util.inspect(thrown) : `Thrown: ${evalue}`;
    let first;
    const traceback = text.split("\n").flatMap((line) => {
      if (MACHINERY.test(line) && /^\s+at /.test(line)) return [];
      const [, before, script, row, column, after] = FRAME.exec(line) ?? [];
      if (!script) return [line];
      const own = this.positions.original(script, Number(row), Number(column));
      first ??= own;
      const at = own ?? { name: path.relative(root, script), line: row, column };
      return [`${before}${at.name}:${at.line}:${at.column}${after}`];
    });
    const code = first ? excerpt(this.#text(first.name), first.line, first.column) : [];
    return { ename, evalue, traceback: [...traceback, ...code] };
  }

  /**
   * What the compiler found → a Jupyter error.
   * @param {string} cell the cell's name
   * @param {{ start: { line: number, character: number }, messageText: string, code: number, fileName?: string }[]} diagnostics
   * @returns {JupyterError}
   */
  diagnosed(cell, diagnostics) {
    const traceback = diagnostics.flatMap(({ start, messageText, code, fileName }) => {
      const name = fileName ?? cell;
      const [line, column] = [start.line + 1, start.character + 1];
      const head = `${name}:${line}:${column} - error TS${code}: ${messageText}`;
      return [head, ...excerpt(this.#text(name), line, column), ""];
    });
    return { ename: "TypeScript", evalue: traceback[0], traceback };
  }
}

module.exports = { ErrorReports };
