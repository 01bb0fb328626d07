// Code that is broken off in the callback of a setImmediate leaves Node's list of them in disorder: Node
// goes on with the one that was broken off, which it takes for run, and fails for ever; or it forgets those
// behind it and looks for them for ever. Here the list is put in order just before.
"use strict";

/** Index of the number of immediates that are still to run. */
const COUNT = 0;

/**
 * What puts the list in order, to be called while the code that will be broken off is interrupted. Needs
 * Node's internals, which the flag --expose-internals of the kernel spec makes available; without them it
 * does nothing.
 * @returns {() => void}
 */
function immediatesInOrder() {
  try {
    const { immediateQueue } = require("internal/timers");
    const internalBinding = bindings();
    const { immediateInfo } = internalBinding("timers");
    const { async_hook_fields, constants, execution_async_resources } =
      internalBinding("async_wrap");
    const length = constants.kStackLength;
    return () => {
      const running = execution_async_resources.slice(0, async_hook_fields[length]);
      for (const resource of running)
        if (isImmediate(resource)) abandon(resource, { immediateQueue, immediateInfo });
    };
  } catch {
    return () => {};
  }
}

/** Loading them warns that they are no public interface. */
function bindings() {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return require("internal/test/binding").internalBinding;
  } finally {
    process.emitWarning = emitWarning;
  }
}

/** @param {unknown} resource */
const isImmediate = (resource) =>
  typeof resource === "object" && resource !== null && "_onImmediate" in resource;

/** Those behind it are queued anew; itself does nothing where Node comes back to it, which counts it again. */
function abandon(immediate, { immediateQueue, immediateInfo }) {
  let next = immediate._idleNext;
  Object.assign(immediate, {
    ...{ _idleNext: null, _destroyed: false, _argv: undefined },
    _onImmediate: () => {
      immediateInfo[COUNT]++;
    },
  });
  while (next) {
    const behind = next._idleNext;
    Object.assign(next, { _idleNext: null, _idlePrev: null });
    immediateQueue.append(next);
    next = behind;
  }
}

module.exports = { immediatesInOrder };
