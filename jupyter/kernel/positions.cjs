// Repair: stack traces name generated JavaScript. Two maps (TypeScript → ES module → CommonJS) lead
// back to the line that the reader wrote.
"use strict";
const { SourceMap } = require("node:module");
const path = require("node:path");
const { root } = require("./project.cjs");

/** @typedef {{ steps: (() => SourceMap)[], name: string, firstLine: number, firstColumn: number }} Source */

/** A map is decoded when an error first asks for it. @param {object} map */
function decoded(map) {
  let ready;
  return () => {
    ready ??= new SourceMap(map);
    return ready;
  };
}

class Positions {
  /** By the text of the ES module. @type {Map<string, () => SourceMap>} */
  #emitted = new Map();
  /** By the text of the CommonJS module. @type {Map<string, (() => SourceMap)[]>} */
  #compiled = new Map();
  /** By the script's name in stack traces. @type {Map<string, Source>} */
  #sources = new Map();

  onEmit(js, map) {
    this.#emitted.set(js, decoded(map));
  }

  onCommonJs(input, output, map) {
    const first = this.#emitted.get(input);
    if (first) this.#compiled.set(output, [decoded(map), first]);
    this.#emitted.delete(input);
  }

  onImported(js, map) {
    this.#compiled.set(js, [decoded(map)]);
  }

  /** A module of the project, compiled for import. @param {{ path: string, data: string }} output */
  addModule(output) {
    const name = path.relative(root, output.path).replace(/\.js$/, ".ts");
    this.#add(output.path, name, output.data, 0, 0);
  }

  /** A cell's script. tslab puts one line before the source and a call around the output. */
  addCell(name, output, wrapped) {
    this.#add(name, name, output, 1, wrapped.indexOf(output));
  }

  #add(script, name, output, firstLine, firstColumn) {
    const steps = this.#compiled.get(output);
    this.#compiled.delete(output);
    if (steps) this.#sources.set(script, { steps, name, firstLine, firstColumn });
  }

  /**
   * Where `script:line:column` of a stack trace was written; lines and columns count from 1.
   * @param {string} script @param {number} line @param {number} column
   */
  original(script, line, column) {
    const source = this.#sources.get(script);
    if (!source) return undefined;
    let at = { line: line - 1, column: column - 1 - (line === 1 ? source.firstColumn : 0) };
    for (const step of source.steps) {
      const entry = step().findEntry(at.line, at.column);
      if (!("originalLine" in entry)) return undefined;
      at = { line: entry.originalLine, column: entry.originalColumn };
    }
    return { name: source.name, line: at.line - source.firstLine + 1, column: at.column + 1 };
  }
}

module.exports = { Positions };
