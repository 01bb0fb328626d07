import { handOverToNode } from "../hand-over.mjs";

const tsc = "node_modules/typescript/bin/tsc";
const buildInfo = ".cache/types.tsbuildinfo";
const biome = "node_modules/@biomejs/biome/bin/biome";

/** Strict type check, lint and formatting, changing nothing. */
export async function check() {
  return (
    // What was checked before and has not changed is not checked again.
    (await handOverToNode([tsc, "-p", ".", "--incremental", "--tsBuildInfoFile", buildInfo])) ||
    handOverToNode([biome, "check", "--error-on-warnings"])
  );
}

export const format = () => handOverToNode([biome, "check", "--write"]);
