// The kernel: tslab's compiler and executor, put together with the repairs of this folder.
"use strict";
const { fromRoot, root } = require("./project.cjs");
const { wrapCompiler } = require("./compiler.cjs");
const { createConverters } = require("./converters.cjs");
const { ErrorReports } = require("./errors.cjs");
const { ProjectFiles, allowTwoTimers } = require("./files.cjs");
const { Output } = require("./output.cjs");
const { leaveWithParent } = require("./parent.cjs");
const { Positions } = require("./positions.cjs");
const { CellQueue } = require("./queue.cjs");
const { nameCellScripts } = require("./scripts.cjs");

/**
 * Repair: a tslab kernel whose ports another program has taken stays, and hears nothing. One that ends is
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
  // tslab takes the folder it is in for the root of all imports.
  process.chdir(root);

  const files = new ProjectFiles();
  const positions = new Positions();
  const ts = wrapCompiler({
    onSystem: allowTwoTimers,
    onEmit: (js, map) => positions.onEmit(js, map),
    onCommonJs: (input, js, map) => positions.onCommonJs(input, js, map),
    onImported: (js, map) => positions.onImported(js, map),
  });
  files.replaceWatchers(ts.sys);

  // Loaded only now, because they load the compiler.
  const { createConverter } = fromRoot("tslab/dist/converter.js");
  const jupyter = fromRoot("tslab/dist/jupyter.js");
  const { KernelServer } = require("./server.cjs");
  const { Runner } = require("./runner.cjs");

  const output = new Output();
  const reports = new ErrorReports(positions);
  let compiled = "";
  const converters = createConverters(createConverter, files, positions, (converted) => {
    compiled = converted.output ?? "";
    runner.onConverted(converted);
  });
  const headless = process.env.COLLAPSE_LAB_HEADLESS === "1";
  const runner = new Runner(converters, reports, output, headless);
  nameCellScripts((wrapped) => {
    const { name } = runner.running;
    positions.addCell(name, compiled, wrapped);
    return name;
  });

  output.captureStreams();
  output.publishInterface();
  jupyter.lastWriteDisplayData = (content, update) =>
    output.cell?.send(update ? "update_display_data" : "display_data", content);

  process.on("SIGINT", () => runner.interrupt());
  process.on("uncaughtException", (error) => runner.late(error));
  process.on("unhandledRejection", (error) => runner.late(error));

  const handler = new jupyter.JupyterHandlerImpl(runner.executor, false);
  const server = new KernelServer(handler, connectionFile, new CellQueue(), runner, (line) =>
    output.log(line),
  );
  server.init().catch(leaveDeaf);
};
