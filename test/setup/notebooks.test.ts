import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { projectRoot } from "../../lib/root";
import { metadataFaults } from "../../setup/notebooks/metadata.mjs";
import { temporaryFolder } from "../support/temporary";

const root = projectRoot();

const metadata = {
  kernelspec: {
    display_name: "TypeScript (collapse-lab)",
    language: "typescript",
    name: "collapse-lab",
  },
  language_info: {
    file_extension: ".ts",
    mimetype: "text/typescript",
    name: "typescript",
    version: "6.0",
  },
};

/** A folder with one notebook of these cells, as nbformat writes it. */
function notebook(...cells: readonly string[]): string {
  const folder = temporaryFolder();
  mkdirSync(folder, { recursive: true });
  const code = cells.map((source, k) => ({
    cell_type: "code",
    execution_count: 1,
    id: `cell-${k}`,
    metadata: {},
    outputs: [{ data: { "text/plain": ["1e-05 –"] }, output_type: "display_data" }],
    source: source.split(/(?<=\n)/),
  }));
  const text = JSON.stringify({ cells: code, metadata, nbformat: 4, nbformat_minor: 5 }, null, 1);
  // A number as Python writes it, which JavaScript would write otherwise.
  writeFileSync(
    join(folder, "a.ipynb"),
    `${text.replace('"execution_count": 1', '"execution_count": 1.0')}\n`,
  );
  return folder;
}

/** What the check or the formatter says of a folder of notebooks. */
function run(name: "checkNotebooks" | "formatNotebooks", folder: string) {
  const code = `
    import { ${name} } from "./setup/notebooks/check.mjs";
    process.exitCode = await ${name}(${JSON.stringify(folder)});
  `;
  const args = ["--input-type=module", "--eval", code];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: "utf8",
  });
  return { status, said: stdout + stderr };
}

test("every notebook's code is formatted, without lint, long lines and deep imports, figures by name", () => {
  const { status, said } = run("checkNotebooks", join(root, "notebooks"));
  assert.equal(status, 0, said);
});

test("a notebook's faults are named with their cells", () => {
  const good = 'import { show } from "./lib/index";\n\nawait show(figureNamed(figures, "a"));';
  const cases: [string, RegExp][] = [
    [
      'import { x } from "./lib/loop/chain";',
      /a\.ipynb, cell 2 imports "\.\/lib\/loop\/chain": import from "\.\/lib\/index" alone/,
    ],
    ['const fs = await import("node:fs");', /imports "node:fs"/],
    ["await show(figures[2]);", /cell 2 takes a figure by its position: use figureNamed/],
    ["await show(linear.figures(rows, preset)[0]);", /takes a figure by its position/],
    ["const [, bound] = linear.figures(rows, preset);", /takes figures by their positions/],
    [`const text = "${"x".repeat(120)}";`, /cell 2 has a line of 136 characters \(line 1\)/],
    ["const a: any = 1;", /cell-02\.ts.*noExplicitAny/],
    ["const   a=1", /cell-02\.ts format/],
  ];
  for (const [bad, expected] of cases) {
    const { status, said } = run("checkNotebooks", notebook(good, bad));
    assert.equal(status, 1, bad);
    assert.match(said, expected);
  }
});

test("metadata that JupyterLab would change on saving, or that no rerun repeats, is a fault", () => {
  const cells = [
    { id: "a", metadata: {} },
    { id: "b", metadata: { tags: ["parameters"] } },
  ];
  assert.deepEqual(metadataFaults({ metadata, cells }), []);
  const { kernelspec, language_info } = metadata;
  assert.deepEqual(
    metadataFaults({ metadata: { language_info, kernelspec: { ...kernelspec } }, cells }),
    [],
    "the order of keys is not the file's content",
  );
  for (const other of [
    {},
    { kernelspec, language_info: { ...language_info, version: "3.7.2" } },
    { kernelspec: { ...kernelspec, name: "tslab" }, language_info },
    { ...metadata, widgets: {} },
  ])
    assert.match(metadataFaults({ metadata: other, cells }).join(), /^ has the metadata /);
  for (const [cell, fault] of [
    [{ metadata: {} }, /^, cell 3 has no id/],
    [{ id: "a", metadata: {} }, /^, cell 3 has the id "a" of another cell/],
    [{ id: "c", metadata: { execution: {} } }, /^, cell 3 has "execution" in its metadata/],
    [{ id: "c", metadata: { trusted: true } }, /^, cell 3 has "trusted" in its metadata/],
  ] as const)
    assert.match(metadataFaults({ metadata, cells: [...cells, cell] }).join(), fault);
});

test("formatting changes the code of the cells and no other byte", () => {
  const folder = notebook("const a = 1;", "const   b=2\nconst c = [ 1,2 ]");
  const file = join(folder, "a.ipynb");
  const before = readFileSync(file, "utf8");
  assert.equal(run("formatNotebooks", folder).status, 0);
  const after = readFileSync(file, "utf8");
  assert.equal(
    after,
    before.replace(
      /"const {3}b=2\\n",\n {4}"const c = \[ 1,2 \]"/,
      '"const b = 2;\\n",\n    "const c = [1, 2];"',
    ),
  );
  assert.notEqual(after, before);
  assert.equal(run("checkNotebooks", folder).status, 0);
  assert.deepEqual(readdirSync(folder), ["a.ipynb"]);
});
