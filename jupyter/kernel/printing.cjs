// Before version 24 Node marks promises and timers with properties of its own where asynchronous context
// is followed, as the kernel does, and would show them, and through them the kernel's insides, to the reader.
"use strict";
const { inspect } = require("node:util");

const MARKS = new Set(["async_id_symbol", "trigger_async_id_symbol", "kResourceStore"]);

/** What is asked when such an object is printed. Returning the object means: as usual. */
function withoutMarks() {
  for (const key of Object.getOwnPropertySymbols(this))
    if (MARKS.has(key.description)) Object.defineProperty(this, key, { enumerable: false });
  return this;
}

function hideMarks() {
  const timer = setTimeout(() => {}, 0);
  const immediate = setImmediate(() => {});
  clearTimeout(timer);
  clearImmediate(immediate);
  for (const { prototype } of [Promise, timer.constructor, immediate.constructor])
    if (!(inspect.custom in prototype))
      Object.defineProperty(prototype, inspect.custom, { configurable: true, value: withoutMarks });
}

module.exports = { hideMarks };
