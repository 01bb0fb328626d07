import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { projectRoot } from "../../lib/root";
import { temporaryFolder } from "../support/temporary";

const root = projectRoot();

test("every Python package is pinned to a version and to the SHA-256 of its files", () => {
  const text = readFileSync(join(root, "requirements.txt"), "utf8");
  const entries = text.split(/\n(?! )/).filter((entry) => entry !== "" && !entry.startsWith("#"));
  assert.ok(entries.length > 100);
  for (const entry of entries) {
    const [first, ...hashes] = entry.split(" \\\n");
    assert.match(first, /^[a-z0-9-]+==[\w.]+( ; .+)?$/);
    assert.ok(hashes.length > 0, `${first} has no hash`);
    for (const hash of hashes) assert.match(hash, /^ {4}--hash=sha256:[0-9a-f]{64}$/);
  }
  assert.doesNotMatch(text, /https?:|--index-url|--find-links/);
});

/** Unpacks a wheel with these members; what was said, and the files that came out. */
function unpack(members: Readonly<Record<string, string>>) {
  const folder = temporaryFolder();
  const make =
    "import json, sys, zipfile\n" +
    "with zipfile.ZipFile(sys.argv[1], 'w') as wheel:\n" +
    "    for name, text in json.loads(sys.argv[2]).items(): wheel.writestr(name, text)\n";
  const python = join(root, ".venv", "bin", "python");
  const wheel = join(folder, "a.whl");
  assert.equal(spawnSync(python, ["-c", make, wheel, JSON.stringify(members)]).status, 0);
  const target = join(folder, "deep", "engine");
  const script = join(root, "setup", "unpack_library.py");
  const { status, stderr } = spawnSync(python, [script, wheel, target], { encoding: "utf8" });
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
  return { status, stderr, files: files.filter((file) => file !== "a.whl").sort() };
}

test("a wheel gives libraries and headers", { skip: !existsSync(join(root, ".venv")) }, () => {
  const { status, files } = unpack({
    "tensorflow/libtensorflow_cc.so.2": "c",
    "tensorflow/include/tensorflow/c/c_api.h": "h",
    "tensorflow/python/a.py": "p",
  });
  assert.equal(status, 0);
  assert.deepEqual(files, [
    "deep/engine/include/tensorflow/c/c_api.h",
    "deep/engine/lib/libtensorflow_cc.so.2",
  ]);
});

test("a wheel whose members would leave the folder is refused, and nothing leaves it", () => {
  for (const name of [
    "tensorflow/include/tensorflow/c/../../../../evil.h",
    "tensorflow/include/tensorflow/c/../../../../../../evil.h",
    "/tensorflow/include/tensorflow/c/evil.h",
    "tensorflow/include/tensorflow/c/..\\..\\evil.h",
  ]) {
    const { status, stderr, files } = unpack({ [name]: "evil" });
    assert.equal(status, 1, name);
    assert.match(stderr, /^The wheel is not TensorFlow's: its member .*evil\.h leaves the folder/);
    assert.deepEqual(files, []);
  }
});
