// What lets the other thread break off the main one. Before version 24 Node keeps a stack of the
// asynchronous resources that it is in, and aborts the process when one was not left in order, as happens
// when code is broken off. The other thread has it emptied first.
"use strict";

/** The name by which the other thread calls it. */
const CALL = "collapseLabKernelBreak";

function makeBreakable() {
  const hasStack = Number(process.versions.node.split(".")[0]) < 24;
  const empty = hasStack ? asyncWrap().clearAsyncIdStack : () => {};
  Object.defineProperty(globalThis, CALL, { value: () => empty() });
}

/** Node has no other way to it, and warns of this one. */
function asyncWrap() {
  const { noDeprecation } = process;
  process.noDeprecation = true;
  try {
    return process.binding("async_wrap");
  } finally {
    process.noDeprecation = noDeprecation;
  }
}

module.exports = { CALL, makeBreakable };
