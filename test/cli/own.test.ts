import assert from "node:assert/strict";
import * as path from "node:path";
import { after, test } from "node:test";
import { fileOf, folderOf } from "../data/own/support";
import { temporaryFolder } from "../support/temporary";
import { command } from "./inProcess";

const before = { ...process.env };
process.env.COLLAPSE_LAB_RUNS = path.join(temporaryFolder(), "runs");
process.env.COLLAPSE_LAB_FIGURES = temporaryFolder();
after(() => {
  process.env = before;
});

const text = fileOf("a.txt", Array.from({ length: 20 }, (_, i) => `Tale ${i}.`).join("\n"));

const REFUSED: readonly [string, readonly string[], RegExp][] = [
  ["no path", [], /^own takes one file or folder, as in npm run own -- my-stories\.txt/],
  ["two paths", [text, text], /it was given 2\.$/],
  ["nothing there", ["/no/such.txt"], /^There is no file or folder \/no\/such\.txt/],
  [
    "minutes that are no number",
    [text, "--minutes", "ten"],
    /^The minutes must be a number above 0/,
  ],
  ["a mistyped option", [text, "--minute", "3"], /Did you mean "minutes"\?/],
  ["a file for the results", [text, "--out", text], /is a file\. Name a folder/],
  [
    "a folder with another README.md",
    [text, "--out", folderOf({ "README.md": "# Mine\n" })],
    /README\.md is no report of own data, and would be overwritten/,
  ],
  ["one story", [fileOf("b.txt", "Once.")], /looks like 1 story of 5 characters/],
];

for (const [what, args, sentence] of REFUSED)
  test(`own refuses in one sentence and with exit code 1: ${what}`, async () => {
    const outcome = await command("own", ...args);
    assert.match(outcome.sentence, sentence);
    assert.equal(outcome.code, 1);
  });

test("--help lists the options and the path", async () => {
  const { lines } = await command("own", "--help");
  assert.match(lines.join("\n"), /npm run own -- \[options\] PATH[\s\S]*--minutes[\s\S]*--stories/);
});
