// What cells import. The project's own files are loaded here, so that an edit is seen by the next cell that
// imports; packages are Node's business.
"use strict";
const fs = require("node:fs");
const Module = require("node:module");
const path = require("node:path");
const { pathToFileURL } = require("node:url");
const { Compiled } = require("./compiled.cjs");
const { modified } = require("./files.cjs");
const { fromRoot, root } = require("./project.cjs");

const SOURCE = /\.[cm]?tsx?$/;
const ENDINGS = ["", ".ts", ".tsx", ".mts", ".cts", ".json", "/index.ts", ".js", "/index.js"];

class ProjectModules {
  /** @type {Map<string, Module & { time?: number }>} */
  #loaded = new Map();
  #compiled = new Compiled();
  #onCompiled;

  /** @param {(script: string, name: string, map: string) => void} onCompiled */
  constructor(onCompiled) {
    this.#onCompiled = onCompiled;
  }

  /**
   * After an edit all are loaded anew: a module that was not edited may hold what an edited one exported.
   * What was broken off while it loaded is loaded again.
   */
  refresh() {
    const edited = [...this.#loaded].some(([file, { time }]) => modified(file) !== time);
    if (edited) this.#loaded.clear();
    dropUnfinished(this.#loaded);
    for (const [id, { loaded }] of Object.entries(require.cache))
      if (!loaded) delete require.cache[id];
  }

  /** What `import` in a cell gives. @param {string} id */
  load(id) {
    try {
      return this.#require(id, root, fromRoot);
    } catch (error) {
      if (error?.code !== "ERR_REQUIRE_ASYNC_MODULE") throw error;
      return import(pathToFileURL(fromRoot.resolve(id)).href);
    } finally {
      this.#compiled.keep();
    }
  }

  /** What `import()` in a cell gives: a namespace with a default, as everywhere. @param {string} id */
  async importing(id) {
    const exports = await this.load(String(id));
    return isNamespace(exports) ? exports : namespaceOf(exports);
  }

  #require(id, folder, native) {
    if (id === "tslab") return fromRoot("tslab");
    const file = isPath(id) ? sourceFile(path.resolve(folder, id)) : undefined;
    if (file === undefined || !isOwn(file)) return native(id);
    return (this.#loaded.get(file) ?? this.#loadFile(file)).exports;
  }

  #loadFile(file) {
    const loading = Object.assign(new Module(file, module), {
      filename: file,
      time: modified(file),
    });
    loading.paths = Module._nodeModulePaths(path.dirname(file));
    const native = Module.createRequire(file);
    loading.require = (id) => this.#require(id, path.dirname(file), native);
    // Modules may import each other.
    this.#loaded.set(file, loading);
    try {
      if (file.endsWith(".json")) loading.exports = JSON.parse(fs.readFileSync(file, "utf8"));
      else loading._compile(this.#codeOf(file), file);
    } catch (error) {
      this.#loaded.delete(file);
      throw error;
    }
    loading.loaded = true;
    return loading;
  }

  #codeOf(file) {
    const name = path.relative(root, file);
    const { code, map } = this.#compiled.of(name, fs.readFileSync(file, "utf8"));
    this.#onCompiled(file, name, map);
    return code;
  }
}

/** A script that the stop button broke off leaves modules that are loaded in part. */
function dropUnfinished(modules) {
  for (const [file, { loaded }] of modules) if (!loaded) modules.delete(file);
}

const isPath = (id) => /^\.{0,2}\//.test(id) || id === "." || id === "..";

/** As the compiler finds it: `./x` is x.ts, or x/index.ts, and `./x.js` may be x.ts. */
function sourceFile(wanted) {
  const written = wanted.replace(/\.([cm]?)js$/, ".$1ts");
  const candidates = [written, ...ENDINGS.map((ending) => wanted + ending)];
  return candidates.find((file) => fs.statSync(file, { throwIfNoEntry: false })?.isFile());
}

/** Sources and data of the reader, not of a package. */
const isOwn = (file) =>
  (SOURCE.test(file) || file.endsWith(".json")) && !file.split(path.sep).includes("node_modules");

const isNamespace = (exports) =>
  exports?.__esModule || require("node:util").types.isModuleNamespaceObject(exports);

/** @type {WeakMap<object, object>} */
const namespaces = new WeakMap();

/** CommonJS exports as a namespace: the same properties, and all of it as the default. */
function namespaceOf(exports) {
  const isObject =
    (typeof exports === "object" && exports !== null) || typeof exports === "function";
  if (!isObject) return Object.assign(Object.create(null), { default: exports });
  let namespace = namespaces.get(exports);
  if (!namespace) {
    namespace = Object.create(null);
    for (const name of Object.keys(exports))
      Object.defineProperty(namespace, name, { enumerable: true, get: () => exports[name] });
    Object.defineProperty(namespace, "default", { enumerable: true, value: exports });
    namespaces.set(exports, namespace);
  }
  return namespace;
}

/**
 * One name of a module, as the project's compilers agree on it.
 * @param {any} exports @param {string} name "default", "*" for all, or an export's
 */
function exported(exports, name) {
  if (name === "*") return isNamespace(exports) ? exports : namespaceOf(exports);
  if (name === "default") return isNamespace(exports) ? exports.default : exports;
  return exports[name];
}

module.exports = { ProjectModules, exported };
