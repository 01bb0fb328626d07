// What the native compiler says about the library: faults with file and line, and, in the record with
// which it goes on the next time, which files the library has and which import which.
"use strict";
const path = require("node:path");
const { root } = require("./project.cjs");

/**
 * @typedef {object} Fault
 * @property {string} file path inside the project @property {number} line counts from 1
 * @property {number} column counts from 1 @property {number} code @property {string} message
 */

/** `lib/a.ts(3,5): error TS2322: Type …`; what belongs to the same message follows, indented. */
const FAULT = /^(\S.*)\((\d+),(\d+)\): error TS(\d+): (.*(?:\n[ \t]+.*)*)/gm;

/** @param {string} output of the compiler @returns {Fault[]} */
function faultsIn(output) {
  return [...output.replaceAll("\r\n", "\n").matchAll(FAULT)].map(
    ([, file, line, column, code, message]) => ({
      file: path.normalize(file),
      line: Number(line),
      column: Number(column),
      code: Number(code),
      message,
    }),
  );
}

/** The compiler's record of the program, by paths inside the project. */
class BuildInfo {
  #info;
  #folder;

  /** @param {string} text @param {string} folder that the text's paths are relative to */
  constructor(text, folder) {
    this.#info = JSON.parse(text);
    this.#folder = folder;
  }

  /** All files that are the project's own. @returns {string[]} */
  files() {
    return this.#info.fileNames.map((_, i) => this.#name(i + 1)).filter((name) => name !== "");
  }

  /**
   * Files that declarations cannot stand for, because a type in them has no name that could be written,
   * with the codes of what the compiler says about that. @returns {Map<string, Set<number>>}
   */
  undeclared() {
    const listed = (this.#info.emitDiagnosticsPerFile ?? []).filter(Array.isArray);
    return new Map(
      listed.map(([id, faults]) => [this.#name(id), new Set(faults.map(({ code }) => code))]),
    );
  }

  /** The files that import this one, directly or not, and itself. @param {string} file @returns {string[]} */
  importers(file) {
    const { referencedMap = [], fileIdsList = [] } = this.#info;
    const direct = new Map();
    for (const [id, list] of referencedMap)
      for (const imported of fileIdsList[list - 1]) {
        const name = this.#name(imported);
        direct.set(name, [...(direct.get(name) ?? []), this.#name(id)]);
      }
    const found = new Set([file]);
    // A set that grows while it is walked through is walked through to its end.
    for (const one of found) for (const by of direct.get(one) ?? []) found.add(by);
    return [...found];
  }

  /** Empty for what is not the project's own. @param {number} id counts from 1 */
  #name(id) {
    const written = this.#info.fileNames[id - 1];
    // The language's own library is named without a folder.
    if (!/[\\/]/.test(written)) return "";
    const name = path.relative(root, path.resolve(this.#folder, written));
    const isOwn = !name.startsWith("..") && !name.split(path.sep).includes("node_modules");
    return isOwn ? name : "";
  }
}

module.exports = { BuildInfo, faultsIn };
