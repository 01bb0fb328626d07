// The kernel's second thread: it owns the sockets on which Jupyter must be heard and answered while a
// cell computes without a pause: output, control (stop, shutdown) and heartbeat. A stretch of code that
// does not let the stop button's message in is broken off from here.
"use strict";
const inspector = require("node:inspector");
const { parentPort, workerData } = require("node:worker_threads");
const zmq = require(workerData.zeromq);
const { CALL } = require("./breakable.cjs");
const { faultOf, signed, typeOf } = require("./messages.cjs");
const { COMPILING, Stop } = require("./stop.cjs");

const { connection } = workerData;
const stop = new Stop(workerData.stop);

/** Output that comes within this time makes one message: Jupyter's servers drop more than 1,000 a second. */
const TOGETHER_MS = 20;
/** Time in which the main thread must have heard that it should stop, if it ever pauses. */
const PATIENCE_MS = 1500;
/** Time in which the cell must then have ended: the main thread gives it up a little earlier. */
const LONGEST_MS = 2500;
const LOOK_MS = 50;
/** Tries to find the main thread where breaking off is safe, before it is done anywhere. */
const TRIES = 40;

const iopub = new zmq.Publisher();
const control = new zmq.Router();
const heartbeat = new zmq.Reply();
for (const socket of [iopub, control]) {
  // After 512 messages without a pause zeromq.js refuses to send. Without a limit all are queued.
  socket.sendTimeout = 0;
  socket.sendHighWaterMark = 0;
}

/** Text of one stream under one cell that has not been sent yet. */
let pending;
function flush() {
  if (!pending) return;
  const { parent, name, text, timer } = pending;
  clearTimeout(timer);
  pending = undefined;
  void iopub.send(signed(connection.key, "stream", parent, { name, text: text.join("") }));
}

/** Text is sent at once if it is the first for a while, else with what follows. */
function print({ parent, name, text }) {
  if (pending && (pending.parent !== parent || pending.name !== name)) flush();
  pending ??= { parent, name, text: [], timer: setTimeout(flush, TOGETHER_MS) };
  pending.text.push(text);
}

parentPort.on("message", (message) => {
  if (message.stream) {
    print(message.stream);
  } else if (message.iopub) {
    flush();
    void iopub.send(message.iopub);
  } else if (message.control) {
    void control.send(message.control);
  } else if (message.close) {
    flush();
    for (const socket of [iopub, control, heartbeat]) socket.close();
    // Nothing is left to wait for, so the thread ends by itself, with what zeromq.js had still to call
    // back called. One that is ended in the middle of that takes the whole process down (SIGABRT).
    parentPort.close();
  }
});
process.on("exit", () => stop.threadHasClosed());

/**
 * Breaks off what the main thread executes, unless it is the compiler, which asks by itself, or a call
 * of native code, which has to return first. False: not yet.
 * @param {boolean} insist also where Node may abort
 */
function breakOff(insist) {
  const session = new inspector.Session();
  session.connectToMainThread();
  const ask = () => session.post("Runtime.evaluate", { expression: `${CALL}(${insist})` });
  if (!stop.isReadyToBreak(ask)) {
    session.disconnect();
    return false;
  }
  session.post("Runtime.terminateExecution", () => {
    session.disconnect();
    parentPort.postMessage({ brokenOff: true });
  });
  stop.breakOrdered();
  return true;
}

function interrupt() {
  stop.ask();
  parentPort.postMessage({ interrupt: true });
  const asked = Date.now();
  let tries = 0;
  const look = setInterval(() => {
    if (!stop.isUnfinished) return clearInterval(look);
    const patience = stop.isAsked ? PATIENCE_MS : LONGEST_MS;
    if (Date.now() - asked < patience || stop.phase === COMPILING) return;
    if (breakOff(++tries > TRIES)) clearInterval(look);
  }, LOOK_MS).unref();
}

async function answerHeartbeat() {
  for await (const frames of heartbeat) await heartbeat.send(frames);
}

async function listen() {
  const bind = (socket, port) =>
    socket.bind(`${connection.transport}://${connection.ip}:${connection[`${port}_port`]}`);
  // One after another: where one fails the process ends, and it aborts while another is being bound.
  await bind(iopub, "iopub");
  await bind(control, "control");
  await bind(heartbeat, "hb");
  parentPort.postMessage({ bound: true });
  void answerHeartbeat();
  for await (const frames of control) {
    if (!faultOf(connection.key, frames) && typeOf(frames) === "interrupt_request") {
      interrupt();
      const reply = signed(connection.key, "interrupt_reply", frames, { status: "ok" });
      await control.send(reply);
    } else {
      parentPort.postMessage({ control: frames });
    }
  }
}

listen().catch(({ message, address }) => parentPort.postMessage({ failed: { message, address } }));
