// Before version 24 Node marks promises and timers with properties of its own where asynchronous context
// is followed, as the kernel does, and would show them, and through them the kernel's insides, to the reader.
"use strict";
const { inspect } = require("node:util");

const MARKS = new Set(["async_id_symbol", "trigger_async_id_symbol", "kResourceStore"]);

function hideMarks() {
  const timer = setTimeout(() => {}, 0);
  const immediate = setImmediate(() => {});
  clearTimeout(timer);
  clearImmediate(immediate);
  for (const { prototype } of [Promise, timer.constructor, immediate.constructor]) {
    const print = prototype[inspect.custom];
    const value = function (...given) {
      hideMarksOf(this);
      // The object itself means: as usual.
      return print ? print.apply(this, given) : this;
    };
    Object.defineProperty(prototype, inspect.custom, { configurable: true, writable: true, value });
  }
}

function hideMarksOf(object) {
  for (const key of Object.getOwnPropertySymbols(object))
    if (MARKS.has(key.description)) Object.defineProperty(object, key, { enumerable: false });
}

module.exports = { hideMarks };
