// What lets the other thread break off the main one. Node keeps a stack of the asynchronous resources
// that it is in, and aborts the process when one was not left in order, as happens when code is broken
// off. The other thread has it emptied first.
"use strict";

/** The name by which the other thread calls it. */
const CALL = "collapseLabKernelBreak";

function makeBreakable() {
  Object.defineProperty(globalThis, CALL, { value: emptiesStack() });
}

/** Node's own function, which the flag --expose-internals of the kernel spec makes available. */
function emptiesStack() {
  try {
    return require("internal/async_hooks").clearAsyncIdStack;
  } catch {
    return () => {};
  }
}

module.exports = { CALL, makeBreakable };
