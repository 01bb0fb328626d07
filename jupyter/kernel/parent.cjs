// Repair: a tslab kernel outlives a Jupyter that was killed. This one leaves when its parent is gone.
"use strict";
const { Worker } = require("node:worker_threads");

const EVERY_MS = 1000;

/** In a thread of its own, so that a cell that never pauses cannot keep an orphan alive. */
function leaveWithParent() {
  const watch = `
    const { ppid } = process;
    setInterval(() => { if (process.ppid !== ppid) process.kill(process.pid, "SIGKILL"); }, ${EVERY_MS});
  `;
  new Worker(watch, { eval: true }).unref();
}

module.exports = { leaveWithParent };
