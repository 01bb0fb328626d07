import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { checkNode } from "../../setup/node-version.mjs";
import { ROOT } from "./project";

const TAKEN = [
  "20.19.0",
  "20.20.2",
  "22.12.0",
  "22.23.3",
  "23.0.0",
  "24.21.0",
  "26.10.0",
  "28.0.0",
];
const REFUSED = ["18.20.0", "20.18.3", "21.1.0", "22.11.0"];

test("Node 20.19, 22.12 and what is newer are taken; the rest is refused with a sentence that says why", () => {
  for (const version of TAKEN) assert.doesNotThrow(() => checkNode(version));
  for (const version of REFUSED)
    assert.throws(() => checkNode(version), {
      message: new RegExp(`^Node ${version} is too old: .*20\\.19 and 22\\.12; install Node 24 `),
    });
});

test("npm is told of the same versions", () => {
  const { engines } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  // The form is fixed so that the test can read it without a library: alternatives of bounds.
  const alternatives = (engines.node as string)
    .split("||")
    .map((bounds) => bounds.trim().split(" "));
  const number = (text: string) => {
    const [major, minor = 0] = text.split(".").map(Number);
    return major * 1000 + minor;
  };
  const allowed = (version: string) =>
    alternatives.some((bounds) =>
      bounds.every((bound) =>
        bound.startsWith(">=")
          ? number(version) >= number(bound.slice(2))
          : number(version) < number(bound.slice(1)),
      ),
    );
  for (const version of TAKEN) assert.equal(allowed(version), true, version);
  for (const version of REFUSED) assert.equal(allowed(version), false, version);
});

test("every version that the project is tried on is taken, and the README names it", () => {
  const tried: Record<string, string> = JSON.parse(
    readFileSync(join(ROOT, ".ci", "nodes", "package.json"), "utf8"),
  ).dependencies;
  const script = readFileSync(join(ROOT, ".ci", "other-nodes"), "utf8");
  const readme = readFileSync(join(ROOT, "README.md"), "utf8");
  const named = /Node 22\.12\+, (.*) \(20\.19\+/.exec(readme)![1].split(" or ");
  assert.deepEqual(Object.keys(tried), ["22", ...named]);
  assert.deepEqual(/^for version in (.*); do$/m.exec(script)![1].split(" ").sort(), [
    ...Object.keys(tried),
  ]);
  for (const [major, alias] of Object.entries(tried)) {
    const version = alias.split("@").at(-1)!;
    assert.equal(version.split(".")[0], major);
    assert.doesNotThrow(() => checkNode(version));
  }
});
