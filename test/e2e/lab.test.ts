import assert from "node:assert/strict";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import type { Locator } from "playwright-core";
import { copyNotebook, type Lab, ROOT, startLab, WORK, writeNotebook } from "./lab";
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

// A loop without a pause, which ends by force.
const BROKEN_OFF = `import { withSession } from "./lib/index";
await withSession(async (session) => {
  session.progress("Count", 3, 20);
  await new Promise((r) => setTimeout(r, 200));
  for (;;);
});`;

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
    // Data are prepared here; only children tell a loss.
    await book
      .output(0)
      .getByText(/ loss \d/)
      .first()
      .waitFor();
    await book.interrupt();
    await book.error(0).getByText("Interrupted: ").first().waitFor();
    await book
      .output(0)
      .getByText(/^Training: stopped at \d+ %/)
      .waitFor();
    assert.equal(await book.output(0).locator("progress").count(), 0);
    await book.run(1);
    await book.output(1).getByText("42").waitFor();
    await book.run(0);
    await book.output(0).locator("progress").first().waitFor();
    await book.interrupt();
    await book.error(0).getByText("Interrupted: ").first().waitFor();
  },
);

inLab(
  "a bar whose work is broken off by the stop button says how far it came",
  [BROKEN_OFF],
  async (book) => {
    await book.run(0);
    await book.output(0).locator("progress").first().waitFor();
    await book.interrupt();
    await book.error(0).getByText("Interrupted").first().waitFor();
    await book.output(0).getByText("Count: stopped at 15 % (3 of 20)").waitFor();
    assert.equal(await book.output(0).locator("progress").count(), 0);
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
  "figures, still and live, are as wide as their cell or 1000 px, without scroll bars, in both themes",
  [],
  async (book) => {
    await book.goTo(lab, copyNotebook("00-start-here.ipynb"));
    const still = book.figures.nth(0);
    const live = book.figures.nth(1);
    await book.enliven(live);
    for (const theme of ["Light", "Dark"]) {
      await book.menu("Settings", "Theme", `JupyterLab ${theme}`);
      await book.page
        .locator(`body[data-jp-theme-name="JupyterLab ${theme}"]`)
        .waitFor({ state: "attached" });
      for (const room of [500, 868, 1300]) {
        await book.makeRoom(room);
        const width = Math.min(room, 1000);
        for (const drawing of [still.locator("img"), live.locator("svg.main-svg").first()]) {
          await hasWidth(drawing, width);
          assert.deepEqual(await overflow(drawing), { sideways: 0, down: 0 });
        }
        // The mouse meets what it points at, at any size.
        const point = live.locator(".scatterlayer .point").nth(3);
        const { x, y, width: w, height: h } = (await point.boundingBox())!;
        await book.page.mouse.move(x + w / 2, y + h / 2);
        const label = (await live.locator(".hoverlayer .hovertext path").first().boundingBox())!;
        assert.ok(Math.abs(label.y + label.height / 2 - (y + h / 2)) < 12, `${label.y} and ${y}`);
      }
    }
  },
);

inLab(
  "a figure without a picture or a width is live at once, fills its cell, and follows it",
  [FIGURE],
  async (book) => {
    await book.runAll();
    const drawing = book.figures.first().locator("svg.main-svg").first();
    for (const room of [868, 500, 700]) {
      await book.makeRoom(room);
      await hasWidth(drawing, room);
      assert.deepEqual(await overflow(drawing), { sideways: 0, down: 0 });
    }
  },
);

inLab(
  "sliders of a committed figure work without a run: a button chooses one, its steps redraw the curves",
  [],
  async (book) => {
    const path = copyNotebook("04-linear-theory.ipynb");
    const before = readFileSync(join(ROOT, path));
    await book.goTo(lab, path);
    const figure = book.figures.last();
    await book.enliven(figure);
    const title = figure.locator(".gtitle");
    const curve = () => figure.locator(".scatterlayer .js-line").first().getAttribute("d");
    const states = [[await title.textContent(), await curve()]];
    for (const [name, shown] of [
      ["d", /d = 98|d = 50/],
      ["σ²", /σ² = 10/],
      ["T", /T = 1000/],
    ] as const) {
      await figure.locator(".updatemenu-button", { hasText: name }).click();
      await title.getByText("d = 10, T = 100, σ² = 1", { exact: false }).waitFor();
      const rail = figure.locator(".slider-rail-touch-rect").first();
      const { width, height } = (await rail.boundingBox())!;
      // Not the scaled size of the element, but where it is on the screen.
      await rail.click({ position: { x: width - 3, y: height / 2 }, force: true });
      await title.getByText(shown).waitFor();
      states.push([await title.textContent(), await curve()]);
    }
    assert.equal(new Set(states.map(([text]) => text)).size, 4);
    assert.equal(new Set(states.map(([, d]) => d)).size, 4);
    await book.save();
    assert.ok(before.equals(readFileSync(join(ROOT, path))), "the file has changed");
  },
);

async function hasWidth(drawing: Locator, expected: number): Promise<void> {
  for (let left = 50; ; left--) {
    const { width } = (await drawing.boundingBox()) ?? { width: 0 };
    if (Math.abs(width - expected) < 1) return;
    assert.ok(left > 0, `${width} px wide, not ${expected}`);
    await setTimeout(100);
  }
}

/** By how many pixels a figure is larger than its output area. */
function overflow(drawing: Locator) {
  return drawing.evaluate((node) => {
    const area = node.closest(".jp-OutputArea-child")!;
    return {
      sideways: area.scrollWidth - area.clientWidth,
      down: area.scrollHeight - area.clientHeight,
    };
  });
}

inLab(
  "a new notebook has the project's kernel: File > New offers it alone, the launcher starts it",
  [],
  async (book) => {
    await book.menu("File", "New", "Notebook");
    const choice = book.page.locator(".jp-Dialog select");
    await choice.waitFor();
    const offered = await choice.locator("optgroup").first().locator("option").allTextContents();
    assert.deepEqual(offered, ["TypeScript (collapse-lab)"]);
    assert.equal(await choice.inputValue(), JSON.stringify({ name: "collapse-lab" }));
    await book.page.locator(".jp-Dialog").getByRole("button", { name: "Select Kernel" }).click();
    await book.idle();
    await book.menu("File", "New Launcher");
    const cards = book.page.locator('.jp-LauncherCard[data-category="Notebook"]');
    await cards.first().waitFor();
    assert.deepEqual(await cards.allTextContents(), ["TypeScript (collapse-lab)"]);
    await cards.first().click();
    // The status bar may still be that of the notebook before.
    await book.kernelName.filter({ hasText: "TypeScript (collapse-lab)" }).waitFor();
    await book.idle();
  },
);

inLab(
  "10,000 lines and half an emoji arrive whole, and can be saved",
  [
    "for (let i = 1; i <= 10_000; i++) console.log('line', i);",
    "console.log('a' + '😀'.slice(0, 1) + 'z');",
  ],
  async (book) => {
    await book.runAll();
    await book.output(1).getByText("a\uFFFDz").waitFor();
    await book.idle();
    const lines = (await book.output(0).allTextContents()).join("").trim().split("\n");
    assert.deepEqual(
      lines,
      Array.from({ length: 10_000 }, (_, i) => `line ${i + 1}`),
    );
    // The server refuses what is no Unicode.
    await book.save();
  },
);

test("Ctrl-C ends JupyterLab with success", { timeout: 60_000 }, async () => {
  assert.equal(await lab.stop(), 0);
});
