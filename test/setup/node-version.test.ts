import assert from "node:assert/strict";
import { test } from "node:test";
import { checkNode } from "../../setup/node-version.mjs";

test("Node 20.19 to 22 are taken, others are refused with a sentence that names the right ones", () => {
  for (const version of ["20.19.0", "20.20.2", "21.1.0", "22.17.0"])
    assert.doesNotThrow(() => checkNode(version));
  for (const [version, why] of [
    ["18.20.0", /Node 18\.20\.0 is too old: .*install Node 22/],
    ["20.18.3", /too old/],
    ["23.0.0", /Node 23\.0\.0 is too new: .*install Node 22/],
    ["24.21.0", /too new/],
  ] as const)
    assert.throws(() => checkNode(version), why);
});
