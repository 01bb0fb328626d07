// What the kernel says of itself. JupyterLab writes `language_info` into every notebook that it opens, so
// it is one file, which execute.py and the check of the notebooks read as well: a committed notebook that
// is opened and saved stays as it is. Its version is the language's, 6.0, which a patch does not change.
"use strict";
const { fromRoot } = require("./project.cjs");
const language_info = require("./language-info.json");

const { version } = fromRoot("typescript-cells/package.json");

const kernelInfo = {
  protocol_version: "5.3",
  implementation: "collapse-lab",
  implementation_version: fromRoot("./package.json").version,
  language_info,
  banner: `collapse-lab: cells in TypeScript ${version}, Node ${process.versions.node}`,
};

module.exports = { kernelInfo };
