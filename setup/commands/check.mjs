import { handOverToNode } from "../hand-over.mjs";
import { checkNotebooks, formatNotebooks } from "../notebooks/check.mjs";

const tsc = "node_modules/typescript/bin/tsc";
const buildInfo = ".cache/types.tsbuildinfo";
const biome = "node_modules/@biomejs/biome/bin/biome";

/** Strict type check, lint and formatting of sources and notebooks, changing nothing. */
export async function check() {
  return (
    // What was checked before and has not changed is not checked again.
    (await handOverToNode([tsc, "-p", ".", "--incremental", "--tsBuildInfoFile", buildInfo])) ||
    (await handOverToNode([biome, "check", "--error-on-warnings"])) ||
    checkNotebooks()
  );
}

/** Formats sources and the notebooks' cells in place. */
export async function format() {
  return (await handOverToNode([biome, "check", "--write"])) || formatNotebooks();
}
