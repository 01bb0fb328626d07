// Stack traces name generated JavaScript; a map for each script leads back to the line that the reader
// wrote. Traces are rewritten when they are made, so that an error reads the same wherever it is printed.
"use strict";
const { SourceMap } = require("node:module");
const path = require("node:path");
const { fileURLToPath } = require("node:url");
const { root } = require("./project.cjs");

const KERNEL = /[\\/]jupyter[\\/]kernel[\\/]|[\\/]node_modules[\\/]tslab[\\/]/;

class Positions {
  /** By the script's name in stack traces; decoded when an error first asks. */
  #sources = new Map();

  /**
   * @param {string} script its name in stack traces @param {string} name as readers call it
   * @param {string} map
   */
  add(script, name, map) {
    let decoded;
    const entry = (line, column) => {
      decoded ??= new SourceMap(JSON.parse(map));
      return decoded.findEntry(line, column);
    };
    this.#sources.set(script, { name, entry });
  }

  /** Where `script:line:column` was written; lines and columns count from 1. */
  original(script, line, column) {
    const source = this.#sources.get(script);
    const found = source?.entry(line - 1, column - 1);
    if (!found || !("originalLine" in found)) return undefined;
    return { name: source.name, line: found.originalLine + 1, column: found.originalColumn + 1 };
  }

  /** From now on the `stack` of every error names written lines, and none of the kernel's. */
  rewriteStacks() {
    Error.prepareStackTrace = (error, frames) => {
      const own = frames.filter((frame) => !KERNEL.test(frame.getFileName() ?? ""));
      // Node's frames below the last of the reader's are how a cell is run.
      const last = own.findLastIndex((frame) => !isNodes(frame));
      const shown = last < 0 ? own : own.slice(0, last + 1);
      return [headOf(error), ...shown.map((frame) => `    at ${this.#frame(frame)}`)].join("\n");
    };
  }

  #frame(frame) {
    const text = String(frame);
    const file = frame.getFileName();
    if (!file || isNodes(frame)) return text;
    const [line, column] = [frame.getLineNumber(), frame.getColumnNumber()];
    const at = this.original(file, line, column) ?? { name: shortName(file), line, column };
    return text.replace(`${file}:${line}:${column}`, `${at.name}:${at.line}:${at.column}`);
  }
}

/** Node's own code, and what has no file at all. */
const isNodes = (frame) => /^node:|^$/.test(frame.getFileName() ?? "");

/** Inside the project as its readers know it, elsewhere as it is. */
function shortName(file) {
  const name = file.startsWith("file:") ? fileURLToPath(file) : file;
  return name.startsWith(root + path.sep) ? path.relative(root, name) : name;
}

/** `Error.prototype.toString`, of whatever somebody throws. */
function headOf(error) {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return "Error";
  }
}

module.exports = { Positions };
