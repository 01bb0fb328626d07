import assert from "node:assert/strict";
import * as path from "node:path";
import { test } from "node:test";
import { openPlace } from "../../../lib/data/own/files";
import { recogniseKind } from "../../../lib/data/own/recogniseKind";
import { fileOf, folderOf } from "./support";

const kindOf = (given: string, as?: string) => recogniseKind(openPlace(given), as);

test("what a file holds is told by its ending, packed or not, in capitals or not", () => {
  const kinds = {
    ...{ "a.txt": "stories", "a.JSONL.gz": "stories", "a.npy": "images", "a.PNG": "images" },
    ...{ "a.sdf.gz": "molecules", "a.smi": "molecules", "a.csv": "table" },
  };
  for (const [name, kind] of Object.entries(kinds))
    assert.equal(kindOf(fileOf(name, "x")).kind, kind, name);
  assert.equal(kindOf(fileOf("a.dat", "x"), "stories").kind, "stories");
});

test("a folder is read with the folders in it, without hidden files, by name", () => {
  const folder = folderOf({ "b.txt": "x", "a/c.txt": "x", ".hidden.txt": "x", "notes.xyz1": "x" });
  const { kind, place, others } = kindOf(folder);
  assert.equal(kind, "stories");
  assert.deepEqual(
    place.files.map(({ name }) => name),
    ["a/c.txt", "b.txt"],
  );
  assert.equal(others, 1);
});

test("a folder of mixed kinds is refused, unless the kind is said", () => {
  const folder = folderOf({ "a.txt": "x", "b.png": "x", "c.png": "x" });
  assert.throws(
    () => kindOf(folder),
    /several kinds \(1 of stories, 2 of images\).*--as stories\|images/,
  );
  const { place, others } = kindOf(folder, "images");
  assert.deepEqual([place.files.length, others], [2, 1]);
});

const REFUSED: readonly [string, () => string, string | undefined, RegExp][] = [
  ["nothing there", () => "/no/such/file.txt", undefined, /^There is no file or folder \/no\/such/],
  ["an empty file", () => fileOf("a.txt", ""), undefined, /a\.txt is empty: there is nothing/],
  ["an empty folder", () => folderOf({}), undefined, /^The folder .* is empty\. Put the files/],
  [
    "an unknown ending",
    () => fileOf("a.dat", "x"),
    undefined,
    /no known kind.*--as stories\|images/,
  ],
  [
    "no images in a folder",
    () => folderOf({ "a.txt": "x" }),
    "images",
    /^There are no images in the folder/,
  ],
  ["an unknown kind", () => fileOf("a.txt", "x"), "image", /Did you mean "images"\?/],
];

for (const [what, given, as, message] of REFUSED)
  test(`refused in one sentence: ${what}`, () => {
    assert.throws(() => kindOf(given(), as), { name: "UserError", message });
  });

test("paths may be relative", () => {
  const file = fileOf("a.txt", "x");
  assert.equal(openPlace(path.relative(process.cwd(), file)).path, file);
});
