// Repair: every cell's script is called "evalmachine.<anonymous>" in stack traces. Here it gets the
// cell's name, so that a frame says which cell it is in. (displayErrors would put generated code
// before the message.)
"use strict";
const vm = require("node:vm");

const CELL_END = "(__tslab__.exports, __tslab__.require)";

/** @param {(wrapped: string) => string} nameOf the running cell's name, given its script */
function nameCellScripts(nameOf) {
  const { runInThisContext } = vm;
  vm.runInThisContext = (code, options) =>
    typeof code === "string" && code.endsWith(CELL_END)
      ? runInThisContext(code, { ...options, filename: nameOf(code), displayErrors: false })
      : runInThisContext(code, options);
}

module.exports = { nameCellScripts };
