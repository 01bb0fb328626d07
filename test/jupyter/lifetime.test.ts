import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { KernelClient, runs } from "./client";

/** Fails the test by its own time-out if the process stays. */
async function gone(pid: number): Promise<void> {
  while (runs(pid)) await sleep(50);
}

const LIMIT = { timeout: 120_000 };

test("a restart gives an empty kernel in a new process", LIMIT, async () => {
  const kernel = await KernelClient.start();
  await kernel.run("const old = 1;");
  const pid = await kernel.restart();
  assert.notEqual(pid, kernel.pid);
  assert.match((await kernel.run("old")).reply.evalue, /Cannot find name 'old'/);
  await kernel.close();
  await gone(pid);
});

test("a kernel asked to shut down answers and leaves by itself", LIMIT, async () => {
  const kernel = await KernelClient.start();
  await kernel.run("setInterval(() => {}, 1000);");
  const id = await kernel.send("shutdown_request", { restart: false }, "control");
  await kernel.until(() => kernel.of(id).some(({ type }) => type === "shutdown_reply"));
  await gone(kernel.pid);
  await kernel.close();
});

for (const [state, code] of [
  ["idle", "console.log('started');"],
  ["in a loop without pause", "console.log('started'); for (;;) {}"],
]) {
  test(`a kernel whose Jupyter was killed leaves (${state})`, LIMIT, async () => {
    const kernel = await KernelClient.start();
    const id = await kernel.sendCell(code);
    await kernel.printed(id, "started");
    kernel.driver.kill("SIGKILL");
    await gone(kernel.pid);
  });
}
