import assert from "node:assert/strict";
import { test } from "node:test";
import type { Data, ScatterData } from "plotly.js-dist";
import { ramp, regimeColour, regimeLabel, translucent } from "../../lib/figures/style";
import { band, legendKey, legendOnce, line, published, theory } from "../../lib/figures/traces";

const scatter = (trace: Data) => trace as Partial<ScatterData>;
const colour = "#336699";

test("a band is one outline: along the upper edge and back along the lower", () => {
  const b = scatter(band({ x: [1, 2, 3], low: [0, 1, 2], high: [4, 5, 6], colour, name: "a" }));
  assert.deepEqual(b.x, [1, 2, 3, 3, 2, 1]);
  assert.deepEqual(b.y, [4, 5, 6, 2, 1, 0]);
  assert.equal(b.fillcolor, "rgba(51,102,153,0.18)");
});

test("a band leaves out points without an interval and is cut off at the floor of a log axis", () => {
  const b = scatter(
    band({ x: [1, 2, 3], low: [-1, null, 2], high: [4, null, 6], colour, name: "a", floor: 0.1 }),
  );
  assert.deepEqual(b.x, [1, 3, 3, 1]);
  assert.deepEqual(b.y, [4, 6, 2, 0.1]);
});

test("lines carry markers while points are few, theory is dashed, published points are open", () => {
  const x = Array.from({ length: 21 }, (_, i) => i);
  assert.equal(scatter(line({ x: [1], y: [1], colour, name: "a" })).mode, "lines+markers");
  assert.equal(scatter(line({ x, y: x, colour, name: "a" })).mode, "lines");
  assert.equal(scatter(theory({ x, y: x, name: "a" })).line!.dash, "dash");
  const p = scatter(published({ x, y: x, colour }));
  assert.deepEqual([p.mode, p.marker!.symbol, p.name], ["markers", "circle-open", "published"]);
});

test("the legend has one entry a name, asked for or not, and keys for theory and published", () => {
  const series = { x: [1], y: [1], colour };
  const traces = legendOnce([
    band({ x: [1], low: [0], high: [2], colour, name: "a" }),
    line({ ...series, name: "a" }),
    line({ ...series, name: "a" }),
    line({ ...series, name: "b" }),
    published(series),
    legendKey("published"),
    legendKey("theory"),
  ]);
  const shown = traces.map(scatter).filter((t) => t.showlegend !== false);
  assert.deepEqual(
    shown.map((t) => t.name),
    ["a", "b", "published", "theory"],
  );
});

test("traces keep the panel that they are drawn in", () => {
  const trace = line({ x: [1], y: [1], colour, name: "a" }, { xaxis: "x2", yaxis: "y3" });
  assert.deepEqual([scatter(trace).xaxis, scatter(trace).yaxis], ["x2", "y3"]);
});

test("typed arrays become plain ones, which JSON keeps", () => {
  const trace = line({ x: Int32Array.of(1, 2), y: Float64Array.of(0.5, 1), colour, name: "a" });
  assert.deepEqual(JSON.parse(JSON.stringify(trace)).y, [0.5, 1]);
});

test("regimes have fixed, distinct colours and their published spelling", () => {
  const names = ["replace", "accumulate", "replace-multiple", "accumulate-subsample"];
  const mixes = ["keep-real-10%", "fresh-real-50%"];
  assert.equal(new Set([...names, ...mixes].map(regimeColour)).size, 6);
  assert.equal(regimeColour("keep-real-10%"), regimeColour("keep-real-90%"));
  assert.equal(regimeColour("my-own"), regimeColour("my-own"));
  assert.equal(regimeLabel("accumulate-subsample"), "Accumulate-Subsample");
});

test("copper runs from black, mako from light green; n colours are n different ones", () => {
  assert.equal(ramp("copper", 5)[0], "#000000");
  assert.equal(ramp("copper", 5)[4], "#ffc77f");
  assert.equal(ramp("mako", 3)[0], "#6fd3b0");
  for (const palette of ["copper", "mako"] as const)
    assert.equal(new Set(ramp(palette, 10)).size, 10);
  assert.match(ramp("mako", 1)[0], /^#[0-9a-f]{6}$/);
  assert.equal(translucent("#ff0080", 0.5), "rgba(255,0,128,0.5)");
});
