import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { BlockWriter } from "../../lib/pool/blockWriter";
import { batchOf, folders, items, SCHEMA } from "./support";

const folder = folders("numpy");
const python = [join(__dirname, "../../.venv/bin/python"), "python3"].find(
  (command) => spawnSync(command, ["-c", "import numpy"]).status === 0,
);

/** Reads a block with NumPy's memmap and prints its items in the form of `items`. */
const SCRIPT = `
import hashlib, json, sys
from pathlib import Path
import numpy as np
folder = Path(sys.argv[1])
manifest = json.loads((folder / "block.json").read_text())
arrays = {name: np.load(folder / name, mmap_mode="r") for name in manifest["files"]}
for name, array in arrays.items():
    assert hashlib.sha256(array.tobytes()).hexdigest() == manifest["files"][name]["sha256"], name
def item(name, field, i):
    values = arrays[name + ".npy"]
    if not field.get("ragged"):
        return values[i].reshape(-1).tolist()
    offsets = arrays[name + ".offsets.npy"]
    return values[offsets[i]:offsets[i + 1]].reshape(-1).tolist()
print(json.dumps([{name: item(name, field, i) for name, field in manifest["schema"].items()}
                  for i in range(manifest["length"])]))
`;

test("NumPy reads a block through memmap, with the same items and the manifest's checksums", {
  skip: python === undefined ? "there is no Python with NumPy" : false,
}, () => {
  const where = folder();
  const all = [
    batchOf(
      [
        [2, 1],
        [0, 0],
        [7, 3],
      ],
      3,
    ),
    batchOf([], 4),
    batchOf([[1, 2]], 5),
  ];
  const writer = BlockWriter.create(where, SCHEMA);
  for (const batch of all) writer.append(batch);
  writer.finish();
  const { stdout, stderr } = spawnSync(python!, ["-c", SCRIPT, where], { encoding: "utf8" });
  assert.equal(stderr, "");
  assert.deepEqual(JSON.parse(stdout), items(all));
});
