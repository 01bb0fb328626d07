import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { temporaryFolder } from "../support/temporary";
import { ROOT } from "./client";

test("the library passes the cells' own, older compiler: else no notebook could import it", () => {
  const config = join(temporaryFolder(), "tsconfig.json");
  const compilerOptions = { typeRoots: [join(ROOT, "node_modules", "@types")] };
  const files = [join(ROOT, "lib", "index.ts")];
  const project = { extends: join(ROOT, "tsconfig.json"), compilerOptions, files, include: [] };
  writeFileSync(config, JSON.stringify(project));
  const tsc = join(ROOT, "node_modules", "typescript-cells", "lib", "tsc.js");
  const { status, stdout } = spawnSync(process.execPath, [tsc, "-p", config], { encoding: "utf8" });
  assert.equal(stdout, "");
  assert.equal(status, 0);
});
