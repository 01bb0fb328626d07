// Repair: a tslab kernel outlives a Jupyter that was killed. This one leaves when its parent is gone.
"use strict";
const { Worker } = require("node:worker_threads");

const EVERY_MS = 1000;

/**
 * Whether the Jupyter that started this process had gone before anybody could watch it: it leaves its
 * number in the environment.
 */
function isOrphan() {
  const jupyter = Number(process.env.JPY_PARENT_PID);
  if (!(jupyter > 0) || process.ppid === jupyter) return false;
  try {
    process.kill(jupyter, 0);
    return false;
  } catch (error) {
    return error.code === "ESRCH";
  }
}

/** In a thread of its own, so that a cell that never pauses cannot keep an orphan alive. */
function leaveWithParent() {
  if (isOrphan()) process.exit(1);
  const watch = `
    const { workerData: ppid } = require("node:worker_threads");
    setInterval(() => { if (process.ppid !== ppid) process.kill(process.pid, "SIGKILL"); }, ${EVERY_MS});
  `;
  new Worker(watch, { eval: true, workerData: process.ppid }).unref();
}

module.exports = { leaveWithParent };
