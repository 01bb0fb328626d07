import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { test } from "node:test";
import { commitOf } from "../../lib/store/versions";
import { temporaryFolder } from "../support/temporary";

/** A repository with a source, a figure and a notebook. */
function repository() {
  const root = temporaryFolder();
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.org", ...args], {
      cwd: root,
      encoding: "utf8",
    }).trim();
  const write = (name: string, text: string) => {
    fs.mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    fs.writeFileSync(path.join(root, name), text);
  };
  for (const name of ["lib/a.ts", "figures/a.json", "notebooks/a.ipynb"]) write(name, "1");
  git("init", "-q");
  git("add", ".");
  git("commit", "-q", "-m", "first");
  return { root, write, id: git("rev-parse", "--short=10", "HEAD") };
}

test("results name the commit of the project, and say when tracked sources differ from it", () => {
  const { root, write, id } = repository();
  assert.equal(commitOf(root), id);
  write("lib/new.ts", "not tracked");
  assert.equal(commitOf(root), id);
  write("lib/a.ts", "2");
  assert.equal(commitOf(root), `${id}+changes`);
});

test("figures and notebooks that the reproduction has just written are no changes", () => {
  const { root, write, id } = repository();
  write("figures/a.json", "2");
  write("notebooks/a.ipynb", "2");
  assert.equal(commitOf(root), id);
});

test("a source archive names no commit, also inside of another repository", () => {
  const { root } = repository();
  const archive = path.join(root, "lib", "archive");
  fs.mkdirSync(archive);
  assert.equal(commitOf(archive), undefined);
  assert.equal(commitOf(temporaryFolder()), undefined);
});
