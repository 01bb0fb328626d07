import { handOverToNode } from "../hand-over.mjs";

/** @param {string[]} args */
export const bench = (args) => handOverToNode(["--import", "tsx", "bench/main.ts", ...args]);
