import assert from "node:assert/strict";
import { test } from "node:test";
import { interruptSignal } from "../../lib/notebook/kernel";
import { notebookProgress } from "../../lib/notebook/progress";
import { inKernel, printed } from "./fake";

test("a task is one output, updated in place, that ends as a sentence without times", async () => {
  const sent = await inKernel(() => {
    let now = 0;
    const sink = notebookProgress(() => now);
    for (let i = 0; i <= 20; i++, now += 200) sink.update("Images <3>", i, 20, { loss: 1 / 3 });
    sink.finish("Images <3>", "3 chains");
    sink.close();
  });
  assert.equal(sent[0].type, "display_data");
  assert.ok(sent.slice(1).every((m) => m.type === "update_display_data" && m.id === sent[0].id));
  const middle = sent[10].data["text/html"] as string;
  assert.match(
    middle,
    /Images &lt;3&gt;.*<progress value="0\.5000" max="1".*50 % · loss 0\.3333 · 2 s left/,
  );
  assert.ok(!/<script|<style|class=/.test(middle));
  assert.deepEqual(sent[sent.length - 1].data, {
    "text/html": "Images &lt;3&gt;: 3 chains",
    "text/plain": "Images <3>: 3 chains",
  });
});

test("updates closer than 100 ms are not sent", async () => {
  const sent = await inKernel(() => {
    let now = 0;
    const sink = notebookProgress(() => now);
    for (let i = 0; i < 1000; i++, now += 1) sink.update("Images", i, 1000);
  });
  assert.ok(sent.length <= 11, `${sent.length} messages in a second`);
});

test("an interrupted task says how far it came; tasks have outputs of their own", async () => {
  const sent = await inKernel(() => {
    const sink = notebookProgress(() => 0);
    sink.update("A", 1, 4);
    sink.update("B", 4, 4);
    sink.close();
  });
  assert.equal(new Set(sent.map((m) => m.id)).size, 2);
  assert.deepEqual(
    sent.slice(2).map((m) => m.data["text/plain"]),
    ["A: stopped at 25 % (1 of 4)", "B: done"],
  );
});

test("the stop button ends every bar at once, even if the work never comes to its end", async () => {
  for (const [done, total, said] of [
    [5, 20, "stopped at 25 % (5 of 20)"],
    [0.5, 1.25, "stopped at 40 %"],
    [0, 3, "stopped at 0 % (0 of 3)"],
    [7, 7, "done"],
  ] as const) {
    const sent = await inKernel((abort) => {
      let now = 0;
      const sink = notebookProgress(() => now);
      sink.update("A", 0, total);
      now += 1000;
      sink.update("A", done, total);
      abort();
      // What has not heard it yet changes nothing.
      now += 1000;
      sink.update("A", total, total);
      sink.update("B", 1, 2);
    });
    assert.equal(new Set(sent.map((m) => m.id)).size, 1);
    const last = sent[sent.length - 1].data;
    assert.equal(last["text/plain"], `A: ${said}`);
    assert.doesNotMatch(String(last["text/html"]), /<progress/);
  }
});

test("work that was done in spite of the stop says so; closing says nothing twice", async () => {
  const sent = await inKernel((abort) => {
    const sink = notebookProgress(() => 0);
    sink.update("A", 1, 4);
    sink.update("B", 1, 4);
    abort();
    sink.finish("A", "4 items");
    sink.close();
  });
  assert.deepEqual(
    sent.slice(2).map((m) => m.data["text/plain"]),
    ["A: stopped at 25 % (1 of 4)", "B: stopped at 25 % (1 of 4)", "A: 4 items"],
  );
});

test("a step of a task is named in its bar, and in the sentence after a stop", async () => {
  let now = 0;
  const sent = await inKernel((abort) => {
    const sink = notebookProgress(() => now);
    sink.update("A", 0, 4, {}, "reading train.txt");
    now += 1000;
    sink.update("A", 1, 4, {}, "reading train.txt");
    abort();
  });
  assert.deepEqual(
    sent.slice(1).map((m) => m.data["text/plain"]),
    ["A: 25 % · reading train.txt", "A: stopped, reading train.txt: 25 %"],
  );
});

test("the interrupt signal is that of the running cell", async () => {
  await inKernel((abort) => {
    const signal = interruptSignal();
    assert.equal(signal.aborted, false);
    abort();
    assert.equal(signal.aborted, true);
  });
  assert.equal(interruptSignal().aborted, false);
});

test("in plain Node progress is the terminal's", async () => {
  const text = await printed(() => {
    const sink = notebookProgress();
    sink.update("A", 4, 4);
    sink.close();
  });
  assert.match(text, /A: done\n$/);
});
