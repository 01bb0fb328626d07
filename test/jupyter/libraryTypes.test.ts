import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { temporaryFolder } from "../support/temporary";
import { ROOT } from "./client";

test("the library passes the kernel's own, older compiler: else no notebook could import it", () => {
  const config = join(temporaryFolder(), "tsconfig.json");
  const compilerOptions = {
    ...{ target: "ES2022", lib: ["ES2023"], module: "ES2022", moduleResolution: "node" },
    ...{ strict: true, esModuleInterop: true, skipLibCheck: true, resolveJsonModule: true },
    ...{ noEmit: true, typeRoots: [join(ROOT, "node_modules", "@types")], types: ["node"] },
  };
  writeFileSync(
    config,
    JSON.stringify({ compilerOptions, files: [join(ROOT, "lib", "index.ts")] }),
  );
  const tsc = join(ROOT, "node_modules", "@tslab", "typescript-for-tslab", "lib", "tsc.js");
  const { status, stdout } = spawnSync(process.execPath, [tsc, "-p", config], { encoding: "utf8" });
  assert.equal(stdout, "");
  assert.equal(status, 0);
});
