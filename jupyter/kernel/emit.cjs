// What the compiler writes. Cells: as tslab wants them, with their maps kept aside. Imported files: by
// esbuild, the compiler of the command line, in a hundredth of the time; they have been checked before.
"use strict";
const path = require("node:path");
const { fromTsx, root } = require("./project.cjs");
const { writeOutShorthands } = require("./shorthand.cjs");

const isCell = (file) => path.basename(file.fileName) === "__tslab__.ts";

/** @param {string} js */
const withoutMapComment = (js) => js.replace(/\/\/# sourceMappingURL=[^\n]*\n?$/, "");

/**
 * @param {any} ts @param {any} builder
 * @param {import("./compiler.cjs").Listeners} listeners
 */
function wrapBuilder(ts, builder, listeners) {
  const emit = (file, write, cancellation, onlyDeclarations, transformers) =>
    isCell(file)
      ? emitCell(file, write, cancellation, onlyDeclarations, transformers)
      : emitImported(file, write);

  const emitCell = (file, write, cancellation, onlyDeclarations, transformers) => {
    let map;
    const written = (name, text, ...more) => {
      if (name.endsWith(".map")) {
        // It comes before the file that it belongs to.
        map = JSON.parse(text);
        return;
      }
      const plain = name.endsWith(".js") ? withoutMapComment(text) : text;
      if (name.endsWith(".js")) listeners.onEmit(plain, map);
      write(name, plain, ...more);
    };
    const after = [writeOutShorthands(ts, builder), ...(transformers?.after ?? [])];
    return builder.emit(file, written, cancellation, onlyDeclarations, { ...transformers, after });
  };

  const emitImported = (file, write) => {
    const name = path.relative(root, file.fileName);
    const { code, map } = fromTsx("esbuild").transformSync(file.text, {
      sourcefile: name,
      loader: path.extname(name).slice(1),
      format: "cjs",
      target: "es2022",
      sourcemap: "external",
      sourcesContent: false,
    });
    listeners.onImported(code, JSON.parse(map));
    const { outDir } = builder.getCompilerOptions();
    write(path.join(outDir, name.replace(/\.[jt]sx?$/, ".js")), code);
    return { emitSkipped: false, diagnostics: [] };
  };

  return Object.create(builder, { emit: { value: emit } });
}

module.exports = { wrapBuilder, withoutMapComment };
