import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { test } from "node:test";
import { projectRoot } from "../../lib/root";
import { temporaryFolder } from "../support/temporary";

const root = projectRoot();
const text = fs.readFileSync(path.join(root, "CONTRIBUTING.md"), "utf8");

/** The recipes: sections with code. */
const recipes = text
  .split(/^## /m)
  .slice(1)
  .map((section) => ({ title: section.split("\n")[0], section }));

/** The code blocks of a section, each with the line of prose in front of it. */
function blocks(section: string): { head: string; code: string }[] {
  return [...section.matchAll(/^(.+:)\n\n```ts\n((?:.*\n)*?)```$/gm)].map(([, head, code]) => ({
    head,
    code,
  }));
}

const NEW_FILE = /^New file `(.+)`:$/;
const INSERTION = /^In `(.+)`, after the line that begins with `(.+)`, add:$/;

/** A copy of the project's library, with the recipes carried out. Returns its folder. */
function carriedOut(): string {
  const folder = temporaryFolder();
  for (const name of ["lib", "package.json", "tsconfig.json"])
    fs.cpSync(path.join(root, name), path.join(folder, name), { recursive: true });
  for (const name of ["node_modules", ".engine"])
    fs.symlinkSync(path.join(root, name), path.join(folder, name));
  recipes.forEach(({ section }, k) => {
    for (const { head, code } of blocks(section)) {
      const [, created] = NEW_FILE.exec(head) ?? [];
      const [, changed, anchor] = INSERTION.exec(head) ?? [];
      if (created) {
        const file = path.join(folder, created);
        assert.equal(fs.existsSync(file), false, `${created} exists`);
        fs.mkdirSync(path.dirname(file), { recursive: true });
        fs.writeFileSync(file, code);
      } else if (changed) {
        const file = path.join(folder, changed);
        const lines = fs.readFileSync(file, "utf8").split("\n");
        const at = lines.findIndex((line) => line.startsWith(anchor));
        assert.ok(at >= 0, `${changed} has no line that begins with ${anchor}`);
        lines.splice(at + 1, 0, code.trimEnd());
        fs.writeFileSync(file, lines.join("\n"));
      } else {
        assert.equal(head, "Try it:");
        fs.writeFileSync(path.join(folder, `try${k}.ts`), code);
      }
    }
  });
  return folder;
}

/** The same module where `await` at its top is allowed: imports, then a function that is called. */
function runnable(module: string): string {
  const imports = /^(?:import[^;]*;\n)*/.exec(module)![0];
  return `${imports}\nexport async function run() {\n${module.slice(imports.length)}\n}\n`;
}

test("CONTRIBUTING.md has a recipe for everything that one adds, and each can be tried", () => {
  assert.deepEqual(
    recipes.map(({ title }) => title),
    [
      ...["A regime", "A model", "A task", "A metric", "A figure", "A claim"],
      ...["A data source", "An executor"],
    ],
  );
  for (const { title, section } of recipes) {
    const found = blocks(section);
    assert.equal(section.split("```ts").length - 1, found.length, title);
    assert.equal(found.filter(({ head }) => head === "Try it:").length, 1, title);
    assert.match(found[0].head, NEW_FILE, title);
  }
});

test("the recipes work: the files that they name and nothing else, types and behaviour", () => {
  const folder = carriedOut();
  const run = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      cwd: folder,
      encoding: "utf8",
    });
    return { status, said: stdout + stderr };
  };
  const config = JSON.parse(fs.readFileSync(path.join(folder, "tsconfig.json"), "utf8"));
  config.include = ["lib", "try*.ts"];
  fs.writeFileSync(path.join(folder, "tsconfig.json"), JSON.stringify(config));
  const types = run(path.join(root, "node_modules", "typescript", "bin", "tsc"), "-p", ".");
  assert.equal(types.status, 0, types.said);
  // All in one process, which loads the library once. The last title printed is the one that failed.
  const tries = recipes.map(({ title }, k) => {
    const file = path.join(folder, `try${k}.ts`);
    fs.writeFileSync(file, runnable(fs.readFileSync(file, "utf8")));
    return `console.log(${JSON.stringify(title)});\nawait require("./try${k}").run();\n`;
  });
  fs.writeFileSync(path.join(folder, "all.ts"), `(async () => {\n${tries.join("")}})();\n`);
  const { status, said } = run("--require", "./lib/typescript.cjs", "all.ts");
  assert.equal(status, 0, said);
  assert.equal(said, recipes.map(({ title }) => `${title}\n`).join(""));
});
