"use strict";
const { existsSync } = require("node:fs");
const { join } = require("node:path");

// Node resolves links before it sets __dirname, so this finds the project from .venv's link as well.
const kernel = join(__dirname, "..", "..", "kernel", "start.cjs");
if (!existsSync(kernel)) {
  // `jupyter kernelspec install` copies this folder.
  console.error(
    `${__dirname} is a copy of the kernel's spec without the kernel: in the project's folder, run "npm run kernel -- install" (--prefix FOLDER for another place).`,
  );
  process.exit(1);
}
require(kernel)(process.argv[2]);
