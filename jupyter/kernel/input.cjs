// A kernel has no keyboard. Code that reads from one would wait for ever, or read an end that is none; it
// is told so instead.
"use strict";
const { Readable } = require("node:stream");

const NO_INPUT =
  "A cell cannot ask for input: write the value into the cell, or pass it in NB_PARAMS.";

/** Browsers or Python have these functions, and Node has not. */
const INPUTS = ["prompt", "confirm", "input"];

/** From now on reading `process.stdin` fails. */
function refuseInput() {
  const make = () =>
    new Readable({
      read() {
        this.destroy(new Error(NO_INPUT));
      },
    });
  let stream = make();
  Object.defineProperty(process, "stdin", {
    configurable: true,
    enumerable: true,
    // One that has failed is of no use to the next cell.
    get() {
      if (stream.destroyed) stream = make();
      return stream;
    },
  });
}

module.exports = { INPUTS, NO_INPUT, refuseInput };
