import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { test } from "node:test";
import { executeNotebook, notebookSource } from "../../lib/cli/executeNotebook";
import { Stamps } from "../../lib/cli/stamp";
import { temporaryFolder } from "../support/temporary";

function notebook(cells: object[], metadata: object = {}): string {
  const file = path.join(temporaryFolder(), "n.ipynb");
  fs.writeFileSync(file, JSON.stringify({ cells, metadata, nbformat: 4 }));
  return notebookSource(file);
}

test("what a notebook is made from: its cells' kinds and texts, not outputs, counts or line splitting", () => {
  const code = { cell_type: "code", source: "const a = 1\nshow(a)", outputs: [] };
  const plain = notebook([code]);
  assert.equal(
    notebook([{ ...code, outputs: [{ data: {} }], execution_count: 3 }], { a: 1 }),
    plain,
  );
  assert.equal(notebook([{ ...code, source: ["const a = 1\n", "show(a)"] }]), plain);
  const others = [
    notebook([{ ...code, source: "const a = 2\nshow(a)" }]),
    notebook([{ ...code, cell_type: "markdown" }]),
    notebook([code, code]),
    notebook([]),
  ];
  assert.equal(new Set([plain, ...others]).size, 5);
});

test("a stop that was asked for before a notebook starts is heard: nothing runs, nothing is written", async () => {
  const controller = new AbortController();
  controller.abort();
  const output = path.join(temporaryFolder(), "out", "n.ipynb");
  await assert.rejects(executeNotebook("n.ipynb", output, {}, controller.signal), {
    name: "Cancelled",
  });
  assert.equal(fs.existsSync(path.dirname(output)), false);
});

test("a stamp is fresh for the same inputs while all outputs exist, also in the next process", () => {
  const folder = temporaryFolder();
  const file = path.join(folder, "cache", "stamps.json");
  const output = path.join(folder, "out");
  fs.writeFileSync(output, "");
  const stamps = new Stamps(file);
  assert.equal(stamps.fresh("a", "inputs", [output]), false);
  stamps.set("a", "inputs");
  for (const known of [stamps, new Stamps(file)]) {
    assert.equal(known.fresh("a", "inputs", [output]), true);
    assert.equal(known.fresh("a", "other inputs", [output]), false);
    assert.equal(known.fresh("b", "inputs", [output]), false);
    assert.equal(known.fresh("a", "inputs", [output, `${output}.missing`]), false);
  }
  fs.writeFileSync(file, "{");
  assert.equal(new Stamps(file).fresh("a", "inputs", [output]), false);
});
