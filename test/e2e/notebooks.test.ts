import assert from "node:assert/strict";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { copyNotebook, type Lab, notebooks, ROOT, startLab, WORK } from "./lab";
import { NotebookPage } from "./page";

let lab: Lab;
before(async () => {
  const env = { NB_PARAMS: JSON.stringify({ preset: "quick" }) };
  lab = await startLab(env);
});
after(async () => {
  await lab.stop();
  rmSync(join(ROOT, WORK), { recursive: true, force: true });
});

/** Long enough for a quick preset that nothing has computed before. */
const LIMIT = 20 * 60_000;

for (const name of notebooks) {
  test(`${name} opened and saved keeps every byte; it runs top to bottom, with figures in the page`, {
    timeout: LIMIT,
  }, async (t) => {
    // A copy, because JupyterLab saves what it runs.
    const path = copyNotebook(name);
    const before = readFileSync(join(ROOT, path));
    const book = await NotebookPage.open(lab, path);
    if (!book) return t.skip("no Chromium was found");
    try {
      assert.equal(await book.changed(), false, "opening it has marked it as changed");
      await book.save();
      assert.ok(before.equals(readFileSync(join(ROOT, path))), "saving it has changed its file");
      await book.runAll();
      await book.finished(LIMIT);
      assert.deepEqual(await book.errors(), []);
      const count = await book.codeCells.count();
      assert.equal(await book.prompt(count - 1).textContent(), `[${count}]:`);
      const figures = await book.figures.count();
      assert.ok(figures > 0, "no figure is in the page");
      await book.enliven(book.figures.first());
      await book.enliven(book.figures.nth(figures - 1));
    } finally {
      await book.page.screenshot({ path: join(ROOT, ".cache", "e2e", `${name}.png`) });
      await book.close();
    }
  });
}
