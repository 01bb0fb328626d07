import assert from "node:assert/strict";
import { test } from "node:test";
import { presetBanner } from "../../lib/notebook/presetBanner";
import { inKernel, printed } from "./fake";

const plain = (data: Readonly<Record<string, unknown>>) => String(data["text/plain"]);

test("under the preset of the committed outputs the banner is one table: preset and versions", async () => {
  for (const committed of ["quick", undefined] as const) {
    const sent = await inKernel(() => presetBanner("quick", committed));
    assert.equal(sent.length, 1);
    assert.match(plain(sent[0].data), /^preset +collapse-lab .*\nquick /);
  }
});

test("under another preset it says first that the numbers differ, why, and how to get the committed ones", async () => {
  for (const [preset, committed] of [
    ["quick", "laptop"],
    ["laptop", "quick"],
    ["paper", "laptop"],
  ] as const) {
    const [note, table] = await inKernel(() => presetBanner(preset, committed));
    const text = plain(note.data);
    assert.match(text, new RegExp(`^These are results of the preset ${preset}\\.`));
    assert.match(text, new RegExp(`shows those of ${committed}, which has other data`));
    assert.ok(text.includes(`NB_PARAMS='{"preset":"${committed}"}' npm run lab`));
    assert.match(String(note.data["text/html"]), /<code>NB_PARAMS=&?'?.*&quot;preset&quot;/);
    assert.match(plain(table.data), new RegExp(`\\n${preset} `));
  }
});

test("in plain Node the same is printed", async () => {
  const text = await printed(() => presetBanner("quick", "laptop"));
  assert.match(text, /^These are results of the preset quick\.[\s\S]*\npreset +collapse-lab/);
});
