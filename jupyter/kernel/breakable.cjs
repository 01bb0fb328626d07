// What lets the other thread break off the main one. Node keeps a stack of the asynchronous resources
// that it is in, and aborts the process when one was not left in order, as happens when code is broken
// off. So that stack is emptied first, and nothing may run between the two.
"use strict";
const { immediatesInOrder } = require("./immediates.cjs");

/** The name by which the other thread calls it. */
const CALL = "collapseLabKernelBreak";
const OF_NODE = /^node:/;
/** Node's functions that put a resource on the stack: half of one would leave it there. */
const BOOKKEEPING = "node:internal/async_hooks";

/** @param {import("./stop.cjs").Stop} stop */
function makeBreakable(stop) {
  const emptyStack = emptiesStack();
  const putImmediatesInOrder = immediatesInOrder();
  /** @param {boolean} insist wherever the main thread is */
  const value = (insist) => {
    const files = interruptedFiles(value);
    // Below code of a cell its resource has been put on the stack; Node's own may be about to do it.
    const safe = files[0] !== BOOKKEEPING && files.some((file) => !OF_NODE.test(file));
    const ready = safe || (insist && files.length > 0);
    if (ready) {
      putImmediatesInOrder();
      emptyStack();
    }
    stop.answerBreak(ready);
  };
  Object.defineProperty(globalThis, CALL, { value });
}

/** Node's own function, which the flag --expose-internals of the kernel spec makes available. */
function emptiesStack() {
  try {
    return require("internal/async_hooks").clearAsyncIdStack;
  } catch {
    return () => {};
  }
}

/**
 * The files of the functions that the other thread's call has interrupted, the innermost first; none
 * while no JavaScript is executed.
 * @param {Function} call
 */
function interruptedFiles(call) {
  const { prepareStackTrace, stackTraceLimit } = Error;
  try {
    Error.prepareStackTrace = (_, sites) => sites;
    Error.stackTraceLimit = 50;
    const target = /** @type {{ stack: NodeJS.CallSite[] }} */ ({});
    Error.captureStackTrace(target, call);
    // The first site is the call's expression itself.
    return target.stack.slice(1).map((site) => site.getFileName() ?? "");
  } finally {
    Object.assign(Error, { prepareStackTrace, stackTraceLimit });
  }
}

module.exports = { CALL, makeBreakable };
