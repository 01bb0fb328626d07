// The compiler of cells: a stock TypeScript 6, the newest that is a JavaScript library (7 is a program
// without one), with the options and library types of the rest of the project. tslab's own fork of 5.0
// is not loaded: what is left of tslab here gets this one in its place.
"use strict";
const path = require("node:path");
const { fromRoot, fromTslab, root } = require("./project.cjs");

const ts = fromRoot("typescript-cells");

/** Must run before tslab's modules are loaded: they copy the compiler's functions. */
function replaceTslabsCompiler() {
  const id = fromTslab.resolve("@tslab/typescript-for-tslab");
  require.cache[id] = Object.assign(new module.constructor(id), { exports: ts, loaded: true });
}

/** What a Node offers of the language's library. @param {number} node its major version */
function libraryOf(node) {
  const names =
    node >= 24
      ? ["es2025", "esnext.array", "esnext.error"]
      : node >= 22
        ? ["es2024", "es2025.collection", "es2025.iterator", "esnext.array"]
        : ["es2023", "es2024.string", "es2024.regexp"];
  return names.map((name) => `lib.${name}.d.ts`);
}

/** The project's own options, but for what concerns files and not cells. */
function cellOptions() {
  const file = path.join(root, "tsconfig.json");
  const { compilerOptions } = ts.readConfigFile(file, ts.sys.readFile).config;
  const { options } = ts.convertCompilerOptionsFromJson(compilerOptions, root);
  return {
    ...options,
    allowJs: false,
    checkJs: false,
    // A later cell uses what this one declares.
    noUnusedLocals: false,
    noUnusedParameters: false,
    // Without an import or export a cell is a module all the same, with names and awaits of its own.
    moduleDetection: ts.ModuleDetectionKind.Force,
    lib: libraryOf(Number(process.versions.node.split(".")[0])),
    resolveJsonModule: true,
    noEmit: false,
    sourceMap: true,
  };
}

module.exports = { ts, cellOptions, libraryOf, replaceTslabsCompiler };
