// What a cell imports is checked as well: the library by the native compiler (declarations.cjs), other
// files of the project here, not in every cell but once, and again when one of them was edited.
"use strict";
const path = require("node:path");
const { ts } = require("./compiler.cjs");
const { isCell, root } = require("./project.cjs");

class Checked {
  /** Files of the project that the last program had, by path; an unchanged file is the same object. */
  #last = new Map();
  /** Of these the ones found without fault. @type {Set<string>} */
  #sound = new Set();
  /** @type {Set<string>} */
  #faulty = new Set();
  #declarations;

  /** @param {import("./declarations.cjs").Declarations} declarations */
  constructor(declarations) {
    this.#declarations = declarations;
  }

  /** @param {string} file */
  isFaulty(file) {
    return this.#faulty.has(file);
  }

  /** Faults of a cell and of the project's files that it and earlier cells import. */
  check(program, cell) {
    const imported = program
      .getSourceFiles()
      .filter(
        (file) => isProjects(file.fileName) && !program.isSourceFileFromExternalLibrary(file),
      );
    if (imported.some((file) => (this.#last.get(file.fileName) ?? file) !== file))
      this.#sound.clear();
    for (const file of imported) this.#last.set(file.fileName, file);
    this.#faulty.clear();
    const faults = faultsOf(program, cell);
    for (const file of imported) {
      if (this.#sound.has(file.fileName) || !isChecked(file)) continue;
      const found = faultsOf(program, file);
      if (found.length === 0) this.#sound.add(file.fileName);
      else this.#faulty.add(file.fileName);
      faults.push(...found);
    }
    const names = imported.map(({ fileName }) => fileName);
    return [...faults, ...this.#declarations.faultsBehind(names).map(diagnosticOf)];
  }
}

const isProjects = (file) =>
  file.startsWith(root + path.sep) && !isCell(file) && !file.includes("/node_modules/");

const isChecked = (file) => !file.isDeclarationFile && !ts.isJsonSourceFile(file);

/** What stands in a text that cannot be parsed is not checked. */
function faultsOf(program, file) {
  const syntactic = program.getSyntacticDiagnostics(file);
  return syntactic.length > 0 ? [...syntactic] : [...program.getSemanticDiagnostics(file)];
}

/** What the native compiler has printed, as this one would hand it out. @param {import("./emitted.cjs").Fault} fault */
function diagnosticOf({ file: name, line, column, code, message }) {
  const fileName = path.join(root, name);
  const file = ts.createSourceFile(
    fileName,
    ts.sys.readFile(fileName) ?? "",
    ts.ScriptTarget.Latest,
  );
  const at = Math.min(line - 1, file.getLineStarts().length - 1);
  const start = ts.getPositionOfLineAndCharacter(file, at, 0) + column - 1;
  return { file, start: Math.min(start, file.text.length), messageText: message, code };
}

module.exports = { Checked };
