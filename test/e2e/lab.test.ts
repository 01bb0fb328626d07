import assert from "node:assert/strict";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { copyNotebook, type Lab, notebooks, ROOT, startLab, WORK, writeNotebook } from "./lab";
import { NotebookPage } from "./page";

const KERNEL = `declare const collapseLabKernel: {
  send(type: string, content: object): void;
  readonly signal: AbortSignal;
};`;
const PAUSE = "await new Promise((r) => setTimeout(r, 100));";
const BAR = `${KERNEL}
const transient = { display_id: "bar" };
for (let i = 0; i <= 20; i++) {
  const data = { "text/html": "<progress max=20 value=" + i + "></progress> step " + i, "text/plain": "step " + i };
  collapseLabKernel.send(i === 0 ? "display_data" : "update_display_data", { data, metadata: {}, transient });
  ${PAUSE}
}`;
const FIGURE = `${KERNEL}
const figure = { data: [{ y: [1, 3, 2] }], layout: { title: { text: "Three points" } } };
collapseLabKernel.send("display_data", {
  data: { "application/vnd.plotly.v1+json": figure, "text/plain": "a figure" }, metadata: {}, transient: {},
});`;
const LOOP = `${KERNEL}
console.log("started");
while (!collapseLabKernel.signal.aborted) { ${PAUSE} }
console.log("stopped");`;

// Minutes of work, so that it is still going on when it is stopped.
const TRAINING = `import { chain, imagesTask, regimes, withSession } from "./lib/index";
const config = imagesTask.config.parse({
  data: { dataset: "strokes", trainItems: 5000, testItems: 100 },
  model: { family: "vae" },
  training: { epochs: 50 },
});
const work = chain({ task: imagesTask, config, regime: regimes.replace, seed: 0, iterations: 2 });
await withSession((session) => session.chains("Training", [work]));`;

let lab: Lab;
before(async () => {
  // Training of these tests goes to a store of its own.
  const env = { COLLAPSE_LAB_RUNS: join(ROOT, WORK, "runs") };
  lab = await startLab(env);
});
after(async () => {
  rmSync(join(ROOT, WORK), { recursive: true, force: true });
});

/** One test with one notebook of its own in the browser. */
function inLab(
  title: string,
  cells: readonly string[],
  work: (book: NotebookPage) => Promise<void>,
) {
  test(title, { timeout: 180_000 }, async (t) => {
    const name = title.replace(/\W+/g, "-").slice(0, 40);
    const book = await NotebookPage.open(lab, writeNotebook(name, cells));
    if (!book) return t.skip("no Chromium was found");
    try {
      await work(book);
    } catch (error) {
      await book.page.screenshot({ path: join(ROOT, ".cache", "e2e", `${name}.png`) });
      throw error;
    } finally {
      await book.close();
    }
  });
}

inLab(
  "a notebook opens with its kernel chosen and without questions; Run All draws live figures",
  ["1 + 1", FIGURE, "'last'"],
  async (book) => {
    assert.match((await book.kernelName.textContent())!, /TypeScript \(collapse-lab\)/);
    assert.equal(await book.page.locator(".jp-Dialog, .Toastify__toast").count(), 0);
    await book.runAll();
    await book.output(2).getByText("last").waitFor();
    await book.output(1).locator("svg.main-svg").getByText("Three points").waitFor();
    await book.prompt(2).getByText("[3]:").waitFor();
  },
);

inLab("progress is one output that changes in place while its cell runs", [BAR], async (book) => {
  await book.runAll();
  const seen = new Set<string>();
  for (let text = ""; text !== "step 20"; ) {
    text = (await book.output(0).first().textContent())?.trim() ?? "";
    if (text) seen.add(text);
  }
  await book.idle();
  assert.ok(seen.size > 3, `only ${[...seen].join(", ")} were seen`);
  assert.equal(await book.output(0).count(), 1);
});

inLab(
  "the stop button stops a loop that looks at the signal; the next cell runs",
  [LOOP, "6 * 7"],
  async (book) => {
    await book.run(0);
    await book.output(0).getByText("started").waitFor();
    await book.interrupt();
    await book.output(0).getByText("stopped").waitFor();
    await book.run(1);
    await book.output(1).getByText("42").waitFor();
  },
);

inLab(
  "the stop button stops training in child processes; the next cell runs, and a rerun goes on",
  [TRAINING, "6 * 7"],
  async (book) => {
    await book.run(0);
    await book.output(0).locator("progress").first().waitFor();
    await book.interrupt();
    await book.error(0).getByText("Interrupted: ").first().waitFor();
    await book.run(1);
    await book.output(1).getByText("42").waitFor();
    await book.run(0);
    await book.output(0).locator("progress").first().waitFor();
    await book.interrupt();
    await book.error(0).getByText("Interrupted: ").first().waitFor();
  },
);

inLab(
  "an error is shown with its line, and the cells after it do not run",
  ["const x = 1;\nthrow new RangeError('sd is ' + x);", "'never'"],
  async (book) => {
    await book.runAll();
    await book.error(0).getByText("RangeError: sd is 1").first().waitFor();
    await book.error(0).getByText("In[1]:2:").first().waitFor();
    await book.idle();
    assert.equal(await book.output(1).count(), 0);
  },
);

inLab(
  "after a restart cells count from 1 and know nothing",
  ["const y = 5;", "y"],
  async (book) => {
    await book.runAll();
    await book.output(1).getByText("5").waitFor();
    await book.restart();
    await book.run(1);
    await book.error(1).getByText("Cannot find name 'y'").first().waitFor();
    await book.prompt(1).getByText("[1]:").waitFor();
  },
);

inLab("Tab completes", ["Math.sqr"], async (book) => {
  await book.codeCells.first().locator(".cm-content").click();
  await book.page.keyboard.press("End");
  await book.page.keyboard.press("Tab");
  await book.page.locator(".jp-Completer").getByText("SQRT2").waitFor();
  await book.page.keyboard.press("Enter");
  await book.codeCells.first().locator(".cm-content").getByText("Math.sqrt").waitFor();
});

inLab(
  "every committed notebook, opened and saved untouched, keeps every byte",
  [],
  async (book) => {
    assert.ok(notebooks.length > 0);
    for (const name of notebooks) {
      const path = copyNotebook(name);
      const before = readFileSync(join(ROOT, path));
      await book.goTo(lab, path);
      assert.equal(await book.changed(), false, `${name} is marked as changed`);
      await book.save();
      assert.ok(before.equals(readFileSync(join(ROOT, path))), `the file of ${name} has changed`);
    }
  },
);

test("Ctrl-C ends JupyterLab with success", { timeout: 60_000 }, async () => {
  assert.equal(await lab.stop(), 0);
});
