import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { test } from "node:test";
import { commitOf } from "../../lib/store/versions";
import { temporaryFolder } from "../support/temporary";

/** A repository with one commit of one file. */
function repository(): { folder: string; id: string } {
  const folder = temporaryFolder();
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b.c", ...args], {
      cwd: folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
  git("init");
  fs.writeFileSync(path.join(folder, "file"), "one");
  git("add", "file");
  git("commit", "-m", "first");
  return { folder, id: git("rev-parse", "--short=10", "HEAD").trim() };
}

test("the commit is that of the project's own repository, with a mark if tracked files differ", () => {
  const { folder, id } = repository();
  assert.equal(commitOf(folder), id);
  fs.writeFileSync(path.join(folder, "untracked"), "");
  assert.equal(commitOf(folder), id);
  fs.writeFileSync(path.join(folder, "file"), "two");
  assert.equal(commitOf(folder), `${id}+changes`);
  const link = path.join(temporaryFolder(), "link");
  fs.symlinkSync(folder, link);
  assert.equal(commitOf(link), `${id}+changes`);
});

test("asking for the commit takes no lock of git's: its index is not refreshed", () => {
  const { folder, id } = repository();
  const index = path.join(folder, ".git", "index");
  const before = fs.readFileSync(index);
  // An index that knows another time of the file is one that "git status" wants to refresh.
  fs.utimesSync(path.join(folder, "file"), 1, 1);
  assert.equal(commitOf(folder), id);
  assert.deepEqual(fs.readFileSync(index), before);
});

test("a source archive names no commit, also inside another repository", () => {
  assert.equal(commitOf(temporaryFolder()), undefined);
  const { folder } = repository();
  const archive = path.join(folder, "archive");
  fs.mkdirSync(archive);
  assert.equal(commitOf(archive), undefined);
});
