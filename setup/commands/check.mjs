import { handOverToNode } from "../hand-over.mjs";

const tsc = "node_modules/typescript/bin/tsc";
const biome = "node_modules/@biomejs/biome/bin/biome";

/** Strict type check, lint and formatting, changing nothing. */
export async function check() {
  return (
    (await handOverToNode([tsc, "-p", "."])) ||
    handOverToNode([biome, "check", "--error-on-warnings"])
  );
}

export const format = () => handOverToNode([biome, "check", "--write"]);
