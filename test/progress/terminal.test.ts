import assert from "node:assert/strict";
import { test } from "node:test";
import { terminalProgress } from "../../lib/progress/terminal";

function setup(isTTY: boolean, columns = 80) {
  const clock = { now: 0 };
  const written: string[] = [];
  const out = { isTTY, columns, write: (text: string) => written.push(text) };
  return { clock, written, sink: terminalProgress(out, () => clock.now) };
}

/** What a terminal shows after the written text: "up n lines and clear" is all it must know. */
function screen(written: readonly string[]): string[] {
  const lines: string[] = [];
  for (const text of written) {
    const up = /^.\[(\d+)A.\[J$/.exec(text);
    if (up) lines.splice(lines.length - Number(up[1]));
    else lines.push(...text.replace(/\n$/, "").split("\n"));
  }
  return lines;
}

test("without a terminal there are plain lines, one every ten seconds at most, no escapes", () => {
  const { clock, written, sink } = setup(false);
  for (clock.now = 0; clock.now <= 60_000; clock.now += 500)
    sink.update("Images", clock.now / 500, 240, { loss: 1.5 });
  sink.finish("Images", "2 chains");
  assert.equal(written.length, 7);
  assert.equal(written[0], "Images:   8 % · loss 1.500 · 1 min 50 s left\n");
  assert.equal(written[6], "Images: 2 chains\n");
  assert.ok(!written.join("").includes("\x1b"));
});

test("in a terminal one line a task is drawn over, and finished tasks stay as sentences", () => {
  const { clock, written, sink } = setup(true);
  for (let i = 0; i <= 10; i++) {
    clock.now += 150;
    sink.update("Images", i, 20);
    sink.update("Linear", i, 10);
  }
  clock.now += 150;
  sink.update("Images", 11, 20);
  let lines = screen(written);
  assert.equal(lines.length, 2);
  assert.match(lines[0], /^Images \[#+\.+\] {2}55 % · \d s left$/);
  assert.match(lines[1], /^Linear \[#{30}\] 100 %$/);
  sink.line("figure written");
  sink.finish("Linear", "done in full");
  lines = screen(written);
  assert.deepEqual(lines.slice(0, 2), ["figure written", "Linear: done in full"]);
  assert.match(lines[2], /^Images /);
  sink.close();
  assert.equal(screen(written).pop(), "Images: stopped at 55 %");
});

test("updates closer than 100 ms are not drawn", () => {
  const { clock, written, sink } = setup(true);
  for (let i = 0; i < 1000; i++) {
    clock.now += 1;
    sink.update("Images", i, 1000);
  }
  assert.ok(written.length <= 20, `${written.length} writes in a second`);
});

test("a bar never wraps: lines are shorter than the terminal is wide", () => {
  for (const columns of [10, 30, 50, 200]) {
    const { written, sink } = setup(true, columns);
    sink.update("A task with a long name", 1, 3, { loss: 123.456, kl: 0.00001 });
    assert.ok(screen(written)[0].length < columns);
  }
});

test("tasks that reached their total without a last word are done", () => {
  const { written, sink } = setup(false);
  sink.update("Linear", 5, 5);
  sink.close();
  assert.deepEqual(written, ["Linear: done\n"]);
});

test("a step of a task stands before its share, which is that of the step; time left begins anew with it", () => {
  const { clock, written, sink } = setup(true);
  for (let i = 0; i <= 10; i++) {
    clock.now += 1000;
    sink.update("Stories", i, 20, {}, "reading train.txt");
  }
  assert.match(screen(written)[0], /^Stories \[#+\.+\] reading train\.txt · {2}50 % · 10 s left$/);
  clock.now += 1000;
  sink.update("Stories", 1, 4, {}, "writing items");
  assert.match(screen(written)[0], /^Stories \[#+\.+\] writing items · {2}25 %$/);
  sink.close();
  assert.equal(screen(written).pop(), "Stories: stopped, writing items: 25 %");
});
