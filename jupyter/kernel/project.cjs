"use strict";
const { createRequire } = require("node:module");
const path = require("node:path");

/** The project's root: what `./lib/…` in a notebook is relative to, wherever the notebook lies. */
const root = path.resolve(__dirname, "..", "..");
const fromRoot = createRequire(path.join(root, "package.json"));
const fromTslab = createRequire(fromRoot.resolve("tslab/package.json"));
const fromTsx = createRequire(fromRoot.resolve("tsx/package.json"));

module.exports = { root, fromRoot, fromTslab, fromTsx };
