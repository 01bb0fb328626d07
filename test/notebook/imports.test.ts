import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { test } from "node:test";
import { projectRoot } from "../../lib/root";

test("relative imports in lib name files: the notebook kernel does not look for a folder's index", () => {
  const lib = path.join(projectRoot(), "lib");
  const files = fs.readdirSync(lib, { recursive: true, encoding: "utf8" });
  for (const file of files.filter((name) => name.endsWith(".ts"))) {
    const source = fs.readFileSync(path.join(lib, file), "utf8");
    for (const [, target] of source.matchAll(/^(?:import|export|\}).* from "(\.{1,2}\/[^"]+)"/gm)) {
      const imported = path.join(lib, path.dirname(file), target);
      const found = [`${imported}.ts`, `${imported}.js`, imported].find((name) =>
        fs.existsSync(name),
      );
      assert.ok(found && fs.statSync(found).isFile(), `${file} imports ${target}`);
    }
  }
});
