// A notebook as the compiler sees it: every cell that declared something is a module, and the names that
// a cell does not declare itself are looked up in the cells before it, the latest first. So types come
// from the cells' own text, and nothing that TypeScript can express is lost between two cells.
"use strict";
const path = require("node:path");
const { cellOptions, ts } = require("./compiler.cjs");
const { Checked } = require("./checking.cjs");
const { Declarations } = require("./declarations.cjs");
const { jsDocParsingMode, readDocsOnDemand } = require("./docs.cjs");
const { SourceFiles } = require("./files.cjs");
const { cellFile, root } = require("./project.cjs");
const { schemaKeysAt } = require("./schemaKeys.cjs");

readDocsOnDemand();

/** The only root of the program; it imports all cells. Were they roots, each would rebuild everything. */
const ENTRY = path.join(root, "[notebook].ts");

/**
 * @typedef {object} CellFile
 * @property {string} path @property {string} name @property {string} code
 * @property {readonly string[]} [hidden] names whose declaration was not reached
 * @property {Map<string, number>} [declares] by name: value, type or namespace
 */

class Notebook {
  /** Cells that ran and declared something. @type {CellFile[]} */
  #kept = [];
  /** The cell that is checked or completed now. @type {CellFile | undefined} */
  #draft;
  #files;
  #service;
  #declarations;
  #checked;
  #number = 0;
  /** Of the declarations, when files were looked for the last time. */
  #generation = 0;

  /**
   * @param {() => boolean} isStopped asked while the compiler works; true makes it throw `ts.OperationCanceledException`
   * @param {Declarations} [declarations] of the library
   */
  constructor(isStopped, declarations = new Declarations()) {
    this.#declarations = declarations;
    this.#checked = new Checked(declarations);
    this.#files = new SourceFiles(
      (file) => this.#textOf(file),
      (file) => declarations.hides(file),
      isStopped,
    );
    const options = cellOptions();
    const { host } = this.#files;
    this.#service = ts.createLanguageService(
      {
        ...host,
        jsDocParsingMode,
        getCompilationSettings: () => options,
        getScriptFileNames: () => [ENTRY],
        getCurrentDirectory: () => root,
        getDefaultLibFileName: (given) => ts.getDefaultLibFilePath(given),
        getCancellationToken: () => ({ isCancellationRequested: isStopped }),
        // An import that has failed may be resolved by now.
        hasInvalidatedResolutions: (file) =>
          this.#checked.isFaulty(file) || this.#generation !== declarations.generation,
      },
      ts.createDocumentRegistry(true, root, jsDocParsingMode),
    );
  }

  /**
   * Must have resolved before a cell is checked, completed or inspected that may use the library.
   * @param {string} code of the cell @param {AbortSignal} [signal]
   * @param {(work: () => void) => void} [compiling] is given what this compiler does meanwhile
   */
  async prepare(code, signal, compiling = (work) => work()) {
    if (![...this.#kept, { code }].some(importsFiles)) return;
    // What does not depend on the library is read while the native compiler works.
    const meanwhile = () => compiling(() => this.#service.getProgram());
    await this.#declarations.refresh(signal, meanwhile);
  }

  /**
   * Checks a cell and what it imports.
   * @param {string} name as messages call it @param {string} code
   * @returns {{ file: CellFile, program: any, source: any, diagnostics: any[] }}
   */
  check(name, code) {
    const program = this.#open(name, code);
    const source = program.getSourceFile(this.#draft.path);
    this.#draft.declares = declarationsOf(source);
    const found = this.#checked.check(program, source);
    const evolving = found.some(({ code }) => code === VARIABLE_OF_NO_TYPE);
    const diagnostics = found.filter(({ code }) => evolving || code !== USE_OF_NO_TYPE);
    return { file: this.#draft, program, source, diagnostics };
  }

  /**
   * Later cells see what this one declares.
   * @param {CellFile} file @param {readonly string[]} hidden names whose declaration was not reached
   */
  keep(file, hidden) {
    const { code, declares } = file;
    for (const name of hidden) declares.delete(name);
    // Nobody can see the cell before any more if it was this one, run once more.
    while (this.#kept.length > 0 && isCovered(this.#kept.at(-1), declares)) this.#kept.pop();
    if (declares.size > 0 || mayDeclareGlobals(code)) this.#kept.push({ ...file, hidden });
  }

  /**
   * @param {string} code @param {number} position UTF-16
   * @returns {{ name: string, kind: string, sortText: string, signature?: string, documentation?: string }[]}
   */
  completions(code, position) {
    const program = this.#open("In[ ]", code);
    const { path } = this.#draft;
    const schema = schemaKeysAt(program, program.getSourceFile(path), position);
    if (schema) return schema.free.map((key) => ({ ...key, kind: "property", sortText: "11" }));
    return this.#service.getCompletionsAtPosition(path, position, {})?.entries ?? [];
  }

  /** @param {string} code @param {number} position UTF-16 */
  information(code, position) {
    const program = this.#open("In[ ]", code);
    const { path } = this.#draft;
    const { own } = schemaKeysAt(program, program.getSourceFile(path), position) ?? {};
    if (!own) return this.#service.getQuickInfoAtPosition(path, position);
    const documentation = own.documentation === "" ? [] : [{ text: own.documentation }];
    return { displayParts: [{ text: `(property) ${own.name}: ${own.signature}` }], documentation };
  }

  /** The call whose arguments a place is among. @param {string} code @param {number} position UTF-16 */
  signature(code, position) {
    this.#open("In[ ]", code);
    return this.#service.getSignatureHelpItems(this.#draft.path, position, {});
  }

  /** How many files have been read from disk. */
  get reads() {
    return this.#files.reads;
  }

  /** Reads what a cell of this text needs, for those that follow. @param {string} code */
  read(code) {
    this.#open("In[ ]", code);
  }

  #open(name, code) {
    this.#files.look();
    this.#draft = { name, code, path: cellFile(name, ++this.#number) };
    const program = this.#service.getProgram();
    this.#generation = this.#declarations.generation;
    // Only a file that has been bound to its checker has its table of names.
    program.getTypeChecker();
    chain([...this.#kept, this.#draft].map((cell) => [program.getSourceFile(cell.path), cell]));
    return program;
  }

  #textOf(file) {
    const cells = this.#draft ? [...this.#kept, this.#draft] : this.#kept;
    if (file === ENTRY)
      return cells.map((cell) => `import "./${path.basename(cell.path, ".ts")}";`).join("\n");
    return cells.find((cell) => cell.path === file)?.code ?? this.#declarations.text(file);
  }
}

/**
 * The compiler looks a name up in ever wider scopes, from a node to its parent, and a file has none. Here
 * it is the cell before. (tslab does the same with a file of declarations.)
 * @param {[any, CellFile][]} cells
 */
function chain(cells) {
  cells.forEach(([file, { hidden = [] }], i) => {
    for (const name of hidden) {
      file.locals.delete(name);
      file.symbol.exports?.delete(name);
    }
    file.parent = cells[i - 1]?.[0];
  });
}

const { Alias, Value, Type, Namespace } = ts.SymbolFlags;

/** What the top-level names of a cell stand for; an import may be anything. */
function declarationsOf(source) {
  const meaning = (symbol) => {
    const { flags } = symbol.exportSymbol ?? symbol;
    return flags & Alias ? Value | Type | Namespace : flags & (Value | Type | Namespace);
  };
  return new Map([...source.locals].map(([name, symbol]) => [name, meaning(symbol)]));
}

/** Whether all that one cell declares is declared by a later one. */
const isCovered = ({ code, declares }, after) =>
  !mayDeclareGlobals(code) &&
  [...declares].every(([name, meaning]) => (meaning & ~(after.get(name) ?? 0)) === 0);

/** Whether a cell imports a file, and not only packages. */
const importsFiles = ({ code }) =>
  ts.preProcessFile(code).importedFiles.some(({ fileName }) => /^[./]/.test(fileName));

const mayDeclareGlobals = (code) => /\bdeclare\b/.test(code);

/**
 * `const list = [];` is an `any[]` to other cells, and no fault of those that use it. In one cell both are
 * reported: a variable whose type cannot be found out, and its uses.
 */
const VARIABLE_OF_NO_TYPE = 7034;
const USE_OF_NO_TYPE = 7005;

module.exports = { Notebook };
