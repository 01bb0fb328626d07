import assert from "node:assert/strict";
import { test } from "node:test";
import { sampleBundle } from "../../lib/notebook/sampleViewer";

const row = (regime: string, iteration: number, story: number, text: string) => ({
  ...{ kind: "sample", variant: "main", regime, iteration, story, text },
});
const rows = [
  { kind: "metrics", regime: "replace", iteration: 1, loss: 2 },
  row("replace", 1, 0, "Once <b>upon</b> a time"),
  row("accumulate", 1, 0, "Once & always"),
  row("replace", 2, 0, "onc onc"),
  row("replace", 2, 1, "zweite"),
];
const cells = (html: unknown) =>
  [...String(html).matchAll(/<td[^>]*>(.*?)<\/td>/gs)].map((match) => match[1]);

test("a row an iteration, a column a regime; what was not sampled stays empty; text is text", () => {
  const { "text/html": html } = sampleBundle(rows, { story: 0 });
  assert.deepEqual(cells(html), [
    ...["1", "Once &lt;b&gt;upon&lt;/b&gt; a time", "Once &amp; always"],
    ...["2", "onc onc", ""],
  ]);
  assert.match(String(html), /Replace<\/th>.*Accumulate<\/th>/s);
  assert.doesNotMatch(String(html), /<style|class=/);
});

test("stories, iterations and letters can be chosen; the text form says the same", () => {
  const bundle = sampleBundle(rows, { iterations: [2], letters: 3 });
  assert.deepEqual(cells(bundle["text/html"]), ["2", "onc …", "2", "zwe …"]);
  assert.deepEqual(bundle["text/plain"].split("\n"), [
    ...["Story 1 of every model", "[Replace, iteration 2] onc …"],
    ...["Story 2 of every model", "[Replace, iteration 2] zwe …"],
  ]);
});

test("letters are whole characters: an emoji at the cut stays whole or goes", () => {
  const [text] = cells(
    sampleBundle([row("replace", 1, 0, "a🐉b")], { letters: 2 })["text/html"],
  ).slice(1);
  assert.equal(text, "a🐉 …");
});

test("several columns together name a cell's column", () => {
  const two = [row("replace", 1, 0, "x"), { ...row("replace", 1, 0, "y"), variant: "cold" }];
  const { "text/html": html } = sampleBundle(two, { columns: ["variant", "regime"] });
  assert.match(String(html), /main, Replace<\/th>.*cold, Replace<\/th>/s);
  assert.deepEqual(cells(html), ["1", "x", "y"]);
});

test("a story that the records do not keep is refused with those they keep", () => {
  assert.throws(() => sampleBundle(rows, { story: 7 }), /no such story .*keep stories 0, 1\./);
});
