// The values that cells share, as properties of one object: `$notebook` in a cell's script.
"use strict";
const { pathToFileURL } = require("node:url");
const path = require("node:path");
const { exported } = require("./modules.cjs");
const { fromRoot, root } = require("./project.cjs");

/** `import.meta` of cells: they are modules in the project's root, wherever the notebook lies. */
const meta = Object.freeze({
  url: pathToFileURL(path.join(root, "notebook.ts")).href,
  filename: path.join(root, "notebook.ts"),
  dirname: root,
  resolve: (id) => {
    const found = fromRoot.resolve(id);
    return path.isAbsolute(found) ? pathToFileURL(found).href : found;
  },
});

class SharedNames {
  values = {};

  /**
   * What a cell's script may ask for: `$cell`.
   * @param {import("./modules.cjs").ProjectModules} modules
   * @param {Set<string>} reached is told the names whose declaration has been executed
   * @param {(value: unknown) => unknown} resume lets the cell go on after an await, or throws
   * @param {(value: unknown) => Promise<void>} show the value of its last expression
   */
  helpOf(modules, reached, resume, show) {
    return {
      meta,
      resume,
      value: show,
      reached: (...names) => names.forEach((name) => void reached.add(name)),
      load: (id) => modules.load(id),
      importing: (id) => modules.importing(id),
      imported: (exports, names) => {
        for (const [local, name] of Object.entries(names)) {
          this.#import(local, exports, name);
          reached.add(local);
        }
      },
    };
  }

  /** An import follows the module's variable, until a cell declares the name anew. */
  #import(local, exports, name) {
    const { values } = this;
    const redeclared = (value) =>
      Object.defineProperty(values, local, { ...OPEN, writable: true, value });
    const get = () => exported(exports, name);
    Object.defineProperty(values, local, { ...OPEN, get, set: redeclared });
  }
}

const OPEN = { configurable: true, enumerable: true };

module.exports = { SharedNames };
