import assert from "node:assert/strict";
import fs from "node:fs";
import * as path from "node:path";
import { mock, test } from "node:test";
import { renameFolder, writeFileAtomic } from "../../lib/store/atomic";
import { temporaryFolder } from "../support/temporary";

type Step = "writeFileSync" | "fsyncSync" | "renameSync";

function failing(step: Step, code: string, work: () => void): void {
  const mocked = mock.method(fs, step, () => {
    throw Object.assign(new Error(`${code}: no luck`), { code });
  });
  try {
    work();
  } finally {
    mocked.mock.restore();
  }
}

test("a write that fails at any step leaves the old content and nothing beside it", () => {
  const folder = temporaryFolder();
  const file = path.join(folder, "file");
  writeFileAtomic(file, "old");
  for (const step of ["writeFileSync", "fsyncSync", "renameSync"] as const) {
    failing(step, "EIO", () =>
      assert.throws(() => writeFileAtomic(file, "new"), { code: "EIO", message: "EIO: no luck" }),
    );
    assert.equal(fs.readFileSync(file, "utf8"), "old", step);
    assert.deepEqual(fs.readdirSync(folder), ["file"], step);
  }
  writeFileAtomic(file, Buffer.from([0, 255]));
  assert.deepEqual([...fs.readFileSync(file)], [0, 255]);
});

test("a full disk or quota is a sentence that names the place and says what is kept", () => {
  const file = path.join(temporaryFolder(), "file");
  for (const code of ["ENOSPC", "EDQUOT"])
    failing("writeFileSync", code, () =>
      assert.throws(() => writeFileAtomic(file, "x"), {
        name: "UserError",
        message: /^The disk that holds .*file.* is full\..*finished generations are kept/,
      }),
    );
});

test("a folder appears under its final name whole; one that is there already is not touched", () => {
  const root = temporaryFolder();
  const from = path.join(root, "draft");
  const to = path.join(root, "kind", "entry");
  for (const content of ["first", "second"]) {
    fs.mkdirSync(from, { recursive: true });
    fs.writeFileSync(path.join(from, "file"), content);
    if (content === "first") renameFolder(from, to);
    else assert.throws(() => renameFolder(from, to), { code: "ENOTEMPTY" });
  }
  assert.equal(fs.readFileSync(path.join(to, "file"), "utf8"), "first");
});
