import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { projectRoot } from "../../lib/root";
import { metadataFaults } from "../../setup/notebooks/metadata.mjs";
import { presetFaults } from "../../setup/notebooks/presets.mjs";
import { sectionFaults } from "../../setup/notebooks/sections.mjs";
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

const markdown = (source: string) => ({ cell_type: "markdown", source });
const code = (source: string, tags?: string[]) => ({
  ...{ cell_type: "code", source },
  metadata: tags ? { tags } : {},
});

test("a section uses names of its own, above, and of the set-up; any other is a fault", () => {
  const first = code('import { show } from "./lib/index";\nconst shared = 1;');
  const good = [
    [markdown("## A"), code("const a = shared;"), code("show(a);")],
    [markdown("## A"), code("const rows = [1];", ["setup"]), markdown("## B"), code("show(rows);")],
    [markdown("## A"), code("const a = 1;"), markdown("## B"), code("const a = 2;\nshow(a);")],
    [markdown("## A"), code("const a = 1;"), markdown("### A, too"), code("show(a);")],
    // The name of a property, of a parameter or of a type is no use of a variable.
    [
      ...[markdown("## A"), code("const a = 1;"), markdown("## B")],
      code("show({ a: 1 }.a, [2].map((a) => a));\nfor (const a of [1]) show(a);"),
      code("const { a: other } = { a: 1 };\ninterface Box { a: number }"),
    ],
  ];
  for (const cells of good) assert.deepEqual(sectionFaults({ cells: [first, ...cells] }), []);

  const declared = "const a = 1;";
  const bad: [string, string][] = [
    [declared, "show(a);"],
    [declared, "show({ a });"],
    [declared, "const later = () => a + 1;"],
    [declared, "show([1].map((x) => x + a));"],
    ["const { b, c: [a] } = shared;", "show(String(a));"],
    ['import { regimes as a } from "./lib/index";', "a.replace;"],
    ["function a() {}", "a();"],
    ["interface a { x: number }", "const b: a = { x: 1 };"],
    ["if (shared) { var a = 1; }\nclass a {}", "new a();"],
  ];
  for (const [one, two] of bad)
    assert.deepEqual(
      sectionFaults({ cells: [first, markdown("## A"), code(one), markdown("## B"), code(two)] }),
      [
        ', cell 5 uses "a", which only cell 3 declares: declare it above in this section, or in the set-up',
      ],
      two,
    );
  const below = [first, markdown("## A"), code("show(a);"), code(declared)];
  assert.match(sectionFaults({ cells: below }).join(), /^, cell 3 uses "a", which only cell 4/);
});

test("presetBanner names the preset that the outputs beside it come from", () => {
  const table = (preset: string) => ({
    data: { "text/plain": [`preset  commit\n`, `${preset}  abc`] },
  });
  const faults = (call: string, outputs: object[]) =>
    presetFaults({
      cells: [{ ...code(`const P = params({ preset: "quick" });\n${call}`), outputs }],
    }).join();
  assert.equal(faults('presetBanner(name, "laptop");', [table("laptop")]), "");
  assert.equal(faults('presetBanner(name, "laptop");', [{ data: {} }, table("laptop")]), "");
  assert.equal(faults("presetBanner(name);", []), "");
  assert.equal(presetFaults({ cells: [code("show(1);")] }).join(), "");
  for (const [call, outputs, fault] of [
    ["table([]);", [table("quick")], /does not call presetBanner/],
    [
      'presetBanner(name, "laptop");',
      [table("quick")],
      /outputs of the preset quick: write .*"quick"/,
    ],
    ["presetBanner(name);", [table("laptop")], /outputs of the preset laptop/],
    ['presetBanner(name, "quick");', [], /preset of outputs that it does not have/],
  ] as const)
    assert.match(faults(call, [...outputs]), fault);
});

test("the first notebook leads to all others, the README lists all, and every link leads to a file", () => {
  const folder = join(root, "notebooks");
  const [start, ...others] = readdirSync(folder)
    .filter((name) => name.endsWith(".ipynb"))
    .sort();
  const linksOf = (text: string) =>
    [...text.matchAll(/\]\(([^)#:]+\.ipynb)\)/g)].map(([, to]) => to);
  const textOf = (name: string) =>
    JSON.parse(readFileSync(join(folder, name), "utf8"))
      .cells.filter(({ cell_type }: { cell_type: string }) => cell_type === "markdown")
      .map(({ source }: { source: string[] }) => source.join(""))
      .join("\n");
  assert.deepEqual(linksOf(textOf(start)).sort(), others);
  assert.deepEqual(
    linksOf(readFileSync(join(root, "README.md"), "utf8")).sort(),
    [start, ...others].map((name) => `notebooks/${name}`),
  );
  for (const name of others)
    for (const to of linksOf(textOf(name)))
      assert.ok([start, ...others].includes(to), `${name}: ${to}`);
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
