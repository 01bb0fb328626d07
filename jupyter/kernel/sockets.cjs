// Repair: after 512 messages without a pause zeromq.js refuses to send, and output, even the final
// "idle", is lost. Without a send limit every message is queued.
"use strict";

/** Every later assignment of a socket to these properties lifts its limits. @param {object} server */
function liftSendLimits(server) {
  for (const name of ["iopub", "shell", "control"]) {
    let socket;
    Object.defineProperty(server, name, {
      get: () => socket,
      set(given) {
        given.sendTimeout = 0;
        given.sendHighWaterMark = 0;
        socket = given;
      },
    });
  }
}

module.exports = { liftSendLimits };
