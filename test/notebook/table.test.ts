import assert from "node:assert/strict";
import { test } from "node:test";
import { summariseBy } from "../../lib/metrics/statistics";
import { formula } from "../../lib/notebook/formula";
import { table, tableBundle } from "../../lib/notebook/table";
import { inKernel, printed } from "./fake";

const html = (bundle: Readonly<Record<string, unknown>>) => bundle["text/html"] as string;

test("text is escaped in HTML, in cells, headings and caption", () => {
  const bundle = tableBundle([{ "<b>": '<script>alert("x")</script> & co' }], { caption: "<i>" });
  assert.ok(!/<(script|b|i)>/.test(html(bundle)));
  assert.match(html(bundle), /&lt;script&gt;alert\(&quot;x&quot;\)&lt;\/script&gt; &amp; co/);
});

test("styles are inline, which untrusted notebooks keep, and there is no style sheet", () => {
  assert.ok(!/<style|class=|<script/.test(html(tableBundle([{ a: 1 }]))));
});

test("mean, low and high become one column, and a single run has no interval", () => {
  const rows = [
    { regime: "replace", loss: 1 },
    { regime: "replace", loss: 2 },
    { regime: "accumulate", loss: 3 },
  ];
  const text = tableBundle(summariseBy(rows, ["regime"], "loss"), {
    columns: ["regime", "n", "mean", "low", "high"],
  })["text/plain"];
  // 1.5 ± tan(0.95 π/2) / 2
  assert.deepEqual(
    text.split("\n").map((line) => line.trim().split(/ {2,}/)),
    [
      ["regime", "n", "mean [95 % CI]"],
      ["replace", "2", "1.500 [−4.853, 7.853]"],
      ["accumulate", "1", "3.000"],
    ],
  );
});

test("columns can be chosen, a wrong one is named, long tables say what is left out", () => {
  const rows = Array.from({ length: 5 }, (_, i) => ({ iteration: i, loss: i / 3 }));
  const text = tableBundle(rows, { columns: ["loss"], rows: 2, digits: 2 })["text/plain"];
  assert.equal(text, "loss\n 0.0\n0.33\n… and 3 more rows");
  assert.throws(
    () => tableBundle(rows, { columns: ["los"] }),
    /no column "los"\. Did you mean "loss"/,
  );
});

test("in a notebook a table is one output of HTML and text, in plain Node its text", async () => {
  const sent = await inKernel(() => table([{ a: 1 }]));
  assert.deepEqual(
    sent.map((m) => [m.type, Object.keys(m.data)]),
    [["display_data", ["text/html", "text/plain"]]],
  );
  assert.equal(await printed(() => table([{ a: 1 }])), "a\n1\n");
});

test("a formula is LaTeX in a notebook", async () => {
  const [message] = await inKernel(() => formula("\\frac{\\pi^2}{6}"));
  assert.equal(message.data["text/latex"], "$$\\frac{\\pi^2}{6}$$");
});
