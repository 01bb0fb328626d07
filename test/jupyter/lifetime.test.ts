import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { gone } from "../support/processes";
import { temporaryFolder } from "../support/temporary";
import { KernelClient, ROOT } from "./client";

const LAUNCHER = join(ROOT, "jupyter", "kernels", "collapse-lab", "launch.cjs");

const LIMIT = { timeout: 120_000 };

let kernel: Awaited<ReturnType<typeof KernelClient.start>>;

test("a restart gives an empty kernel in a new process", LIMIT, async () => {
  kernel = await KernelClient.start();
  await kernel.run("const old = 1;");
  const pid = await kernel.restart();
  assert.notEqual(pid, kernel.pid);
  await gone(kernel.pid);
  assert.match((await kernel.run("old")).reply.evalue, /Cannot find name 'old'/);
  kernel = Object.assign(kernel, { pid });
});

test("a kernel asked to shut down answers and leaves by itself", LIMIT, async () => {
  await kernel.run("setInterval(() => {}, 1000);");
  const id = await kernel.send("shutdown_request", { restart: false }, "control");
  await kernel.until(() => kernel.of(id).some(({ type }) => type === "shutdown_reply"));
  await gone(kernel.pid);
  await kernel.close();
});

test("a kernel whose port is taken ends with a sentence that names it", LIMIT, async (t) => {
  const taken = createServer().listen(0, "127.0.0.1");
  t.after(() => taken.close());
  await once(taken, "listening");
  const { port } = taken.address() as AddressInfo;
  const connection = join(temporaryFolder(), "connection.json");
  const ports = ["shell", "iopub", "stdin", "control", "hb"].map((name) => [`${name}_port`, port]);
  const address = { transport: "tcp", ip: "127.0.0.1", key: "", signature_scheme: "hmac-sha256" };
  writeFileSync(connection, JSON.stringify({ ...address, ...Object.fromEntries(ports) }));
  const { status, stderr } = spawnSync(process.execPath, [LAUNCHER, connection], {
    encoding: "utf8",
  });
  assert.equal(status, 1);
  assert.match(
    stderr,
    new RegExp(`^The kernel cannot listen to Jupyter at tcp://127.0.0.1:${port}: .+\\.$`, "m"),
  );
});

test("an idle kernel whose Jupyter was killed leaves", LIMIT, async () => {
  const idle = await KernelClient.start();
  await idle.run("1");
  idle.driver.kill("SIGKILL");
  await gone(idle.pid);
});

test("a kernel whose Jupyter was killed while it started leaves", LIMIT, async () => {
  const { pid } = spawnSync(process.execPath, ["-e", ""]);
  const start = (jupyter: number) =>
    spawnSync(process.execPath, [LAUNCHER, "none.json"], {
      encoding: "utf8",
      env: { ...process.env, JPY_PARENT_PID: String(jupyter) },
    });
  // It does not even look for its connection file.
  const orphan = start(pid);
  assert.deepEqual([orphan.status, orphan.stderr], [1, ""]);
  assert.match(start(process.pid).stderr, /none\.json/);
});
