import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";

test("all of lib compiles with the notebooks' own compiler (tslab's TypeScript 5.0.4)", () => {
  const compiler = require.resolve("@tslab/typescript-for-tslab/lib/tsc.js");
  const options =
    "--noEmit --strict --target es2022 --lib es2023 --module commonjs --moduleResolution node10 " +
    "--esModuleInterop --resolveJsonModule --skipLibCheck --types node";
  try {
    execFileSync(process.execPath, [compiler, ...options.split(" "), "lib/index.ts"], {
      encoding: "utf8",
    });
  } catch (error) {
    assert.fail((error as { stdout: string }).stdout);
  }
});
