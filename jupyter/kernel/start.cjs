// The kernel: tslab's server and display around a compiler and a runner of our own, put together.
"use strict";
// For cells that import tfjs-node or danfojs themselves.
require("../../lib/engine/removedFromNode.cjs");
const { fromRoot, root } = require("./project.cjs");
const { makeBreakable } = require("./breakable.cjs");
const { replaceTslabsCompiler } = require("./compiler.cjs");
const { Displays } = require("./displays.cjs");
const { ErrorReports } = require("./errors.cjs");
const { refuseInput } = require("./input.cjs");
const { LanguageHelp } = require("./language.cjs");
const { ProjectModules } = require("./modules.cjs");
const { SharedNames } = require("./names.cjs");
const { Notebook } = require("./notebook.cjs");
const { Output } = require("./output.cjs");
const { leaveWithParent } = require("./parent.cjs");
const { Positions } = require("./positions.cjs");
const { hideMarks } = require("./printing.cjs");
const { CellQueue } = require("./queue.cjs");
const { Runner } = require("./runner.cjs");
const { Stop } = require("./stop.cjs");
const { Warming } = require("./warming.cjs");

/**
 * A tslab kernel whose ports another program has taken stays, and hears nothing. One that ends is
 * started again by Jupyter, on other ports.
 * @param {Error & { address?: string }} error
 */
function leaveDeaf(error) {
  const where = error.address ? ` at ${error.address}` : "";
  process.stderr.write(
    `The kernel cannot listen to Jupyter${where}: ${error.message}. Start it again.\n`,
  );
  process.exit(1);
}

/** @param {string} connectionFile */
module.exports = function start(connectionFile) {
  leaveWithParent();
  process.chdir(root);
  replaceTslabsCompiler();
  // Loaded only now, because they load the compiler.
  const jupyter = fromRoot("tslab/dist/jupyter.js");
  const { KernelServer } = require("./server.cjs");

  const stop = new Stop();
  const notebook = new Notebook(() => stop.isAsked);
  const positions = new Positions();
  const output = new Output();
  const modules = new ProjectModules((file, name, map) => positions.add(file, name, map));
  const runner = new Runner({
    notebook,
    modules,
    displays: new Displays(modules, output),
    names: new SharedNames(),
    positions,
    reports: new ErrorReports(),
    output,
    stop,
    headless: process.env.COLLAPSE_LAB_HEADLESS === "1",
  });

  makeBreakable(stop);
  hideMarks();
  refuseInput();
  positions.rewriteStacks();
  output.captureStreams();
  output.publishInterface();
  jupyter.lastWriteDisplayData = (content, update) =>
    output.cell?.send(update ? "update_display_data" : "display_data", content);

  // Jupyter asks by message; this is for those who send a signal.
  process.on("SIGINT", () => runner.interrupt());
  process.on("uncaughtException", (error) => runner.late(error));
  process.on("unhandledRejection", (error) => runner.late(error));

  const handler = new jupyter.JupyterHandlerImpl(undefined, false);
  const log = (line) => output.log(line);
  const server = new KernelServer(handler, connectionFile, {
    queue: new CellQueue(),
    runner,
    language: new LanguageHelp(notebook),
    stop,
    warming: new Warming(notebook, stop),
    log,
  });
  server.init().catch(leaveDeaf);
};
