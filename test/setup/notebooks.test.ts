import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { projectRoot } from "../../lib/root";
import { temporaryFolder } from "../support/temporary";

const root = projectRoot();

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
  const text = JSON.stringify(
    { cells: code, metadata: {}, nbformat: 4, nbformat_minor: 5 },
    null,
    1,
  );
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
