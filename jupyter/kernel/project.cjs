"use strict";
const { createRequire } = require("node:module");
const path = require("node:path");

/** The project's root: what `./lib/…` in a notebook is relative to, wherever the notebook lies. */
const root = path.resolve(__dirname, "..", "..");
const fromRoot = createRequire(path.join(root, "package.json"));
const fromTslab = createRequire(fromRoot.resolve("tslab/package.json"));
const fromTsx = createRequire(fromRoot.resolve("tsx/package.json"));

/** Cells are files in memory beside the project's own, `In[3].7.ts`; no other name has a bracket. */
const cellFile = (name, number) => path.join(root, `${name}.${number}.ts`);
const isCell = (file) => path.dirname(file) === root && file.includes("[");

module.exports = { root, fromRoot, fromTslab, fromTsx, cellFile, isCell };
