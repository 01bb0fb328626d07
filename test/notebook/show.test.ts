import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { PNG } from "pngjs";
import { curves } from "../../lib/figures/curves";
import { show, stopRenderer } from "../../lib/notebook/show";
import { PROVENANCE, ROWS } from "../figures/provenance";
import { inKernel, printed } from "./fake";

after(stopRenderer);

const metrics = [{ column: "loss", title: "Loss" }];
const figure = curves({
  name: "c",
  title: "t",
  alt: "Loss rises.",
  provenance: PROVENANCE,
  rows: ROWS,
  metrics,
});

test("a figure is one output of Plotly JSON, PNG and text, and never HTML", async (t) => {
  const sent = await inKernel(() => show(figure));
  const message = sent.findLast((m) => m.data["application/vnd.plotly.v1+json"])!;
  const { "image/png": picture, ...rest } = message.data;
  assert.deepEqual(Object.keys(rest), ["application/vnd.plotly.v1+json", "text/plain"]);
  assert.match(rest["text/plain"] as string, /^Loss rises\.\npreset quick · generated/);
  if (picture === undefined) return t.skip("no browser on this machine");
  const png = PNG.sync.read(Buffer.from(picture as string, "base64"));
  assert.deepEqual(message.metadata, { "image/png": { width: png.width / 2 } });
});

test("a kernel's first figure is shown at once, and its picture follows in the same output", async (t) => {
  await stopRenderer();
  const sent = await inKernel(() => show(figure, figure));
  const shown = sent.filter((m) => m.data["application/vnd.plotly.v1+json"]);
  assert.equal(shown[0].type, "display_data");
  assert.equal(shown[0].data["image/png"], undefined);
  if (!shown.some((m) => m.data["image/png"])) return t.skip("no browser on this machine");
  const kinds = shown.slice(1).map((m) => [m.type, m.id, "image/png" in m.data]);
  assert.deepEqual(kinds, [
    ["update_display_data", shown[0].id, true],
    ["display_data", undefined, true],
  ]);
});

test("a browser that was killed is replaced for the next figure", async (t) => {
  let browsers: number[];
  try {
    const list = execFileSync("pgrep", ["-P", `${process.pid}`, "-f", "remote-debugging-pipe"]);
    browsers = list.toString().trim().split("\n").map(Number);
  } catch {
    return t.skip("no browser on this machine, or no pgrep to find it with");
  }
  for (const pid of browsers) process.kill(pid, "SIGKILL");
  await setTimeout(500);
  const [message] = await inKernel(() => show(figure));
  assert.ok(message.data["image/png"]);
});

test("in plain Node a figure is its description", async () => {
  assert.match(await printed(() => show(figure)), /^\[c\] Loss rises\./);
});

test("a figure that Plotly would draw wrongly is refused", async () => {
  const broken = { ...figure, layout: { ...figure.layout, foo: 1 } };
  await assert.rejects(show(broken), /Figure "c".*foo/);
});
