// Repair: tslab fixes the compiler's options (not strict, ES2022, no source maps). They are set here,
// and each step of the compilation is shown to listeners, by wrapping the compiler that tslab loads.
"use strict";
const { fromTslab } = require("./project.cjs");
const { writeOutShorthands } = require("./shorthand.cjs");

/**
 * @typedef {object} Listeners
 * @property {(sys: object) => void} onSystem the file system that the compiler is about to use
 * @property {(js: string, map: object) => void} onEmit TypeScript → ES modules
 * @property {(input: string, output: string, map: object) => void} onCommonJs ES modules → CommonJS
 */

/**
 * Must run before tslab's own modules are loaded: they copy the compiler's functions.
 * @param {Listeners} listeners
 */
function wrapCompiler(listeners) {
  const id = fromTslab.resolve("@tslab/typescript-for-tslab");
  const ts = fromTslab(id);

  /** @param {string[]} files @param {object} options @param {object} sys */
  const createWatchCompilerHost = (files, options, sys, ...rest) => {
    listeners.onSystem(sys);
    const strict = { ...options, strict: true, lib: ["lib.es2023.d.ts"], sourceMap: true };
    const host = ts.createWatchCompilerHost(files, strict, sys, ...rest);
    let receive;
    Object.defineProperty(host, "afterProgramCreate", {
      get: () => receive,
      set: (given) => {
        receive = (builder) => given(wrapBuilder(ts, builder, listeners.onEmit));
      },
    });
    return host;
  };

  /** @param {string} input @param {{ compilerOptions: object }} options */
  const transpileModule = (input, options) => {
    const compilerOptions = { ...options.compilerOptions, sourceMap: true };
    const result = ts.transpileModule(input, { ...options, compilerOptions });
    const outputText = withoutMapComment(result.outputText);
    listeners.onCommonJs(input, outputText, JSON.parse(result.sourceMapText));
    return { ...result, outputText };
  };

  const own = Object.getOwnPropertyDescriptors(ts);
  own.createWatchCompilerHost = { enumerable: true, value: createWatchCompilerHost };
  own.transpileModule = { enumerable: true, value: transpileModule };
  require.cache[id].exports = Object.create(Object.getPrototypeOf(ts), own);
  return ts;
}

/** Shows what is emitted. TypeScript writes a file's map before the file. */
function wrapBuilder(ts, builder, onEmit) {
  let map;
  const emit = (file, write, cancellation, onlyDeclarations, transformers) => {
    const written = (name, text, ...more) => {
      if (name.endsWith(".map")) {
        map = JSON.parse(text);
        return;
      }
      const plain = name.endsWith(".js") ? withoutMapComment(text) : text;
      if (name.endsWith(".js")) onEmit(plain, map);
      write(name, plain, ...more);
    };
    const after = [writeOutShorthands(ts, builder), ...(transformers?.after ?? [])];
    return builder.emit(file, written, cancellation, onlyDeclarations, { ...transformers, after });
  };
  return Object.create(builder, { emit: { value: emit } });
}

/** @param {string} js */
const withoutMapComment = (js) => js.replace(/\/\/# sourceMappingURL=[^\n]*\n?$/, "");

module.exports = { wrapCompiler };
