import { existsSync, readFileSync } from "node:fs";
import { handOverToNode } from "../hand-over.mjs";
import { inProject } from "../paths.mjs";
import { keyOf, stamp, stamped } from "../stamp.mjs";
import { runLogged } from "../sub.mjs";

const folder = inProject("setup", "docs");
const stampPath = inProject("setup", "docs", "node_modules", ".collapse-lab");
const typedoc = inProject("setup", "docs", "node_modules", "typedoc", "bin", "typedoc");

/**
 * `npm run docs`: pages of the public surface, lib/index.ts, in .cache/docs. A link in a doc comment
 * that leads nowhere is an error.
 */
export async function docs() {
  const key = keyOf(readFileSync(inProject("setup", "docs", "package-lock.json"), "utf8"));
  if (!existsSync(typedoc) || !stamped(stampPath, key)) {
    await runLogged("npm-docs", "npm", ["ci", "--no-audit", "--no-fund"], { cwd: folder });
    stamp(stampPath, key);
  }
  const code = await handOverToNode([
    typedoc,
    "--options",
    inProject("setup", "docs", "typedoc.json"),
  ]);
  if (code === 0) console.log("The pages begin at .cache/docs/index.html.");
  return code;
}
