import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { gone } from "../support/processes";
import { KernelClient } from "./client";

let kernel: Awaited<ReturnType<typeof KernelClient.start>>;
before(async () => {
  kernel = await KernelClient.start("notebooks");
  await kernel.run("declare const collapseLabKernel: { readonly signal: AbortSignal };");
});
after(() => kernel.close());

/** Node loses a signal that comes in the moment in which a script ends its first stretch. */
async function interrupt(): Promise<void> {
  await sleep(200);
  kernel.interrupt();
}

const GLOBAL = "declare const collapseLabKernel: { readonly signal: AbortSignal };\n";
const POLLING = `${GLOBAL}let steps = 0;
console.log("started");
while (!collapseLabKernel.signal.aborted) { steps++; await new Promise((r) => setTimeout(r, 5)); }
console.log("stopped");`;

test("an interrupt aborts the cell's signal: a loop that polls it stops and its cell ends well", async () => {
  const id = await kernel.sendCell(POLLING);
  await kernel.printed(id, "started");
  await interrupt();
  const { reply, text } = await kernel.ended(id);
  assert.equal(reply.status, "ok");
  assert.equal(text(), "started\nstopped\n");
});

test("the next cell runs normally, with a signal of its own", async () => {
  const { reply, text } = await kernel.run(
    `${GLOBAL}console.log(collapseLabKernel.signal.aborted);`,
  );
  assert.equal(reply.status, "ok");
  assert.equal(text(), "false\n");
});

test("the signal seen by leftover work is that of the cell that started it", async () => {
  const id = await kernel.sendCell(
    `${GLOBAL}const { told } = Object.assign(globalThis, { told: { next: false } });
const timer = setInterval(() => {
  if (!told.next) return;
  clearInterval(timer);
  console.log("aborted:", collapseLabKernel.signal.aborted);
}, 20);
console.log("started");
await new Promise((resolve) => collapseLabKernel.signal.addEventListener("abort", resolve));`,
  );
  await kernel.printed(id, "started");
  await interrupt();
  await kernel.ended(id);
  // Only the next cell lets the work go on, so that it does after the end of its own.
  await kernel.run("told.next = true;");
  await kernel.printed(id, "aborted: true");
});

test("an interrupt also aborts the cells that wait", async () => {
  const id = await kernel.sendCell(POLLING);
  const waiting = await kernel.sendCell("console.log('never')");
  await kernel.printed(id, "started");
  await interrupt();
  assert.equal((await kernel.ended(waiting)).reply.status, "aborted");
});

test("an error that a cell throws on being asked to stop is its outcome", async () => {
  const id = await kernel.sendCell(
    `${GLOBAL}console.log("started");
await new Promise((_, reject) => collapseLabKernel.signal.addEventListener("abort", () => reject(new Error("stopped by request"))));`,
  );
  await kernel.printed(id, "started");
  await interrupt();
  assert.equal((await kernel.ended(id)).reply.evalue, "stopped by request");
});

test("what is cancelled by the stop button says what it leaves", async () => {
  const id = await kernel.sendCell(
    `${GLOBAL}console.log("started");
class Cancelled extends Error { override name = "Cancelled"; }
await new Promise((_, reject) => collapseLabKernel.signal.addEventListener("abort", () => reject(new Cancelled("Two of three are done."))));`,
  );
  await kernel.printed(id, "started");
  await interrupt();
  const { reply } = await kernel.ended(id);
  assert.deepEqual([reply.ename, reply.evalue], ["Interrupted", "Two of three are done."]);
});

test("a cell that awaits and does not look at the signal is ended all the same", async () => {
  const id = await kernel.sendCell(
    "console.log('started'); await new Promise((r) => setTimeout(r, 600000));",
  );
  await kernel.printed(id, "started");
  await interrupt();
  const { reply } = await kernel.ended(id);
  assert.equal(reply.ename, "Interrupted");
  assert.equal((await kernel.run("2")).reply.status, "ok");
});

test("a loop without any pause is broken off, and later cells run", async () => {
  const id = await kernel.sendCell("console.log('started'); for (;;) {}");
  await kernel.printed(id, "started");
  await interrupt();
  const { reply } = await kernel.ended(id);
  assert.deepEqual([reply.status, reply.ename], ["error", "Interrupted"]);
  assert.equal((await kernel.run("2")).reply.status, "ok");
});

test("a kernel in a loop without pause whose Jupyter was killed leaves", async () => {
  const id = await kernel.sendCell("console.log('started'); for (;;) {}");
  await kernel.printed(id, "started");
  kernel.driver.kill("SIGKILL");
  await gone(kernel.pid);
});
