import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { after, test } from "node:test";
import { PNG } from "pngjs";
import { chromiums } from "../../lib/export/chromium";
import { saveFigures } from "../../lib/export/export";
import { curves } from "../../lib/figures/curves";
import type { Figure } from "../../lib/figures/figure";
import { versions } from "../../lib/store/versions";
import { PROVENANCE, ROWS } from "../figures/provenance";

const root = fs.mkdtempSync(path.join(os.tmpdir(), "figures-"));
after(() => fs.rmSync(root, { recursive: true }));

const metrics = [{ column: "loss", title: "Loss" }];
const make = (title: string, provenance = PROVENANCE): Figure =>
  curves({ name: "c", title, alt: "a", provenance, rows: ROWS, metrics });
const figure = make("t");
const NONE = { CHROMIUM: "/nowhere/chromium" };

test("without a browser the JSON is written and one line says how to get pictures", async () => {
  const folder = path.join(root, "none");
  const saved = await saveFigures([figure], folder, NONE);
  assert.deepEqual(fs.readdirSync(folder), ["c.json"]);
  assert.match(saved.note!, /^[^\n]*JSON only.*install Chromium[^\n]*$/);
  const json = JSON.parse(fs.readFileSync(path.join(folder, "c.json"), "utf8"));
  assert.deepEqual(json.data, JSON.parse(JSON.stringify(figure.data)));
  assert.deepEqual(json.layout.meta, PROVENANCE);
  const again = await saveFigures(
    [make("t", { ...PROVENANCE, versions: { plotly: "4" } })],
    folder,
    NONE,
  );
  assert.deepEqual(again.written, []);
  assert.equal(again.note, saved.note);
});

test("without a browser pictures of an older state do not stay beside the new JSON", async () => {
  const folder = path.join(root, "old");
  fs.mkdirSync(folder);
  fs.writeFileSync(path.join(folder, "c.png"), "an older picture");
  await saveFigures([figure], folder, NONE);
  assert.deepEqual(fs.readdirSync(folder), ["c.json"]);
});

test("an unsound figure stops before anything is written", async () => {
  const folder = path.join(root, "unsound");
  const broken = { ...figure, name: "d", layout: { ...figure.layout, foo: 1 } } as Figure;
  await assert.rejects(saveFigures([figure, broken], folder, NONE), /Figure "d".*foo/);
  assert.deepEqual(fs.readdirSync(folder), []);
});

test("pictures: PNG of twice the size, SVG with its text, the same bytes every time", async (t) => {
  const [a, b] = [path.join(root, "a"), path.join(root, "b")];
  const saved = await saveFigures([figure], a);
  if (saved.note) return t.skip(saved.note);
  assert.deepEqual(saved.written.map((f) => path.extname(f)).sort(), [".json", ".png", ".svg"]);
  const read = (folder: string, ending: string) => fs.readFileSync(path.join(folder, `c${ending}`));
  const json = JSON.parse(read(a, ".json").toString());
  const png = PNG.sync.read(read(a, ".png"));
  assert.deepEqual([png.width, png.height], [2 * json.layout.width, 2 * json.layout.height]);
  assert.match(
    read(a, ".svg").toString(),
    /^<svg[\s\S]*Accumulate[\s\S]*seeds.0–1[\s\S]*<\/svg>\n$/,
  );

  await saveFigures([figure], b);
  for (const ending of [".svg", ".png", ".json"])
    assert.ok(read(a, ending).equals(read(b, ending)), `${ending} differs from run to run`);

  // Nothing to draw: no browser is looked for, and another commit alone draws nothing again.
  const later = make("t", { ...PROVENANCE, versions: { ...PROVENANCE.versions, commit: "fff" } });
  assert.deepEqual(await saveFigures([later], a, NONE), { written: [] });
  const changed = await saveFigures([make("another title")], a, NONE);
  assert.deepEqual(changed.written, [path.join(a, "c.json")]);
});

test("$CHROMIUM is the only browser tried when it is set", async () => {
  const tried: string[] = [];
  for await (const c of chromiums({ CHROMIUM: process.execPath })) tried.push(c.executablePath);
  assert.deepEqual(tried, [process.execPath]);
  const folder = path.join(root, "wrong");
  const saved = await saveFigures([figure], folder, { CHROMIUM: "/bin/false" });
  assert.match(saved.note!, /\/bin\/false did not start/);
});

test("versions name the project, Node, Plotly and the commit", () => {
  const v = versions();
  assert.equal(v.node, process.versions.node);
  assert.equal(v["collapse-lab"], JSON.parse(fs.readFileSync("package.json", "utf8")).version);
  assert.match(v.plotly, /^\d+\.\d+\.\d+$/);
  if (fs.existsSync(".git")) assert.match(v.commit, /^[0-9a-f]{10}(\+changes)?$/);
});
