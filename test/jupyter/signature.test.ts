import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { KernelClient, ROOT } from "./client";

const { faultOf } = createRequire(join(ROOT, "package.json"))("./jupyter/kernel/messages.cjs") as {
  faultOf(key: string, frames: readonly Buffer[]): string | undefined;
};

const HEADER = JSON.stringify({ msg_type: "execute_request" });
const PARTS = [HEADER, "{}", "{}", '{"code":"1"}'];

function frames(parts: readonly string[], key = "secret", identity = ["client"]): Buffer[] {
  const hash = createHmac("sha256", key);
  for (const part of parts) hash.update(part);
  return [...identity, "<IDS|MSG>", hash.digest("hex"), ...parts].map((text) => Buffer.from(text));
}

test("a message is the kernel's own if its parts are whole and signed with the connection's key", () => {
  assert.equal(faultOf("secret", frames(PARTS)), undefined);
  assert.equal(faultOf("secret", frames([...PARTS, "a buffer"], "secret", [])), undefined);
  const wrong = /signature is wrong/;
  assert.match(faultOf("secret", frames(PARTS, "guess"))!, wrong);
  const changed = frames(PARTS);
  changed[changed.length - 1] = Buffer.from('{"code":"2"}');
  assert.match(faultOf("secret", changed)!, wrong);
  const unsigned = frames(PARTS);
  unsigned[2] = Buffer.from("");
  assert.match(faultOf("secret", unsigned)!, wrong);
  assert.match(faultOf("secret", [])!, /no delimiter/);
  assert.match(faultOf("secret", [Buffer.from("hello")])!, /no delimiter/);
  assert.match(faultOf("secret", [Buffer.from("<IDS|MSG>")])!, /0 of 4 parts/);
  assert.match(faultOf("secret", frames(PARTS.slice(0, 3)))!, /3 of 4 parts/);
});

test("forged messages are logged and ignored: the kernel goes on with its state", {
  timeout: 120_000,
}, async () => {
  const kernel = await KernelClient.start();
  await kernel.run("const state = 42;");
  kernel.forge({ type: "execute_request", content: { code: "console.log('forged')" } });
  kernel.forge({ type: "shutdown_request", content: { restart: false } });
  kernel.forge({ frames: ["nonsense"] });
  kernel.forge({ frames: ["<IDS|MSG>", "", "{", "{}", "{}", "{}"] });
  const { reply, text } = await kernel.run("console.log(state);");
  assert.equal(reply.status, "ok");
  assert.equal(text(), "42\n");
  assert.equal(
    kernel.messages.some(({ content }) => content.text?.includes("forged")),
    false,
  );
  await kernel.close();
  assert.equal(kernel.log.match(/ignored: its signature is wrong/g)?.length, 3);
  assert.equal(kernel.log.match(/ignored: it has no delimiter/g)?.length, 1);
});
