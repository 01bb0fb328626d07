import * as fs from "node:fs";
import type { Data, ValidateResult, validate } from "plotly.js-dist";
import { CachedScript } from "./cachedScript";

interface Plotly {
  readonly validate: typeof validate;
  readonly PlotSchema: { get: () => object };
}

let plotly: Plotly | undefined;

/**
 * Plotly's own validator (`Plotly.validate`), run without a browser.
 * @returns its objections; empty for a valid figure. Known attributes that have no effect in this
 * combination are not reported.
 */
export function plotlyObjections(data: readonly Data[], layout: object): ValidateResult[] {
  plotly ??= load();
  // Without a size Plotly would measure the page, and here there is none. It also trips over the
  // settings of a legend that it does not draw (4.1.1), so it is told to draw one.
  const legend: Data = { type: "scatter", x: [0], y: [0], showlegend: true };
  const checked = { width: 1000, height: 450, ...layout, showlegend: true };
  const all = plotly.validate([...data, legend], checked) ?? [];
  return all.filter((r) => r.code !== "unused" && r.code !== "dynamic");
}

/**
 * Plotly is made for browsers and uses the page while it loads, though not while it validates. It gets a
 * page whose every property exists, does nothing and returns itself.
 */
function load(): Plotly {
  const nothing: unknown = new Proxy(class {}, {
    get: (_, key) => (key === Symbol.toPrimitive ? () => "" : key === "length" ? 0 : nothing),
    apply: () => nothing,
    construct: () => nothing as object,
    set: () => true,
  });
  const names = "document URL Blob DOMParser Element matchMedia getComputedStyle addEventListener";
  const window: Record<string, unknown> = {
    ...Object.fromEntries(names.split(" ").map((name) => [name, nothing])),
    navigator: { userAgent: "Node" },
    location: { href: "", protocol: "" },
    setTimeout,
    clearTimeout,
    performance,
    TextDecoder,
    TextEncoder,
  };
  // What only Node has is undefined. As a function's arguments, and not as a context's globals, all this
  // costs nothing to look up, which Plotly does a million times.
  const node = { module: undefined, exports: undefined, process: undefined, global: undefined };
  const globals = { ...window, ...node, window, self: window, globalThis: window };
  Object.assign(window, { window, self: window });
  const file = require.resolve("plotly.js-dist");
  const script = new CachedScript(fs.readFileSync(file, "utf8"), Object.keys(globals), file);
  script.run(Object.values(globals));
  const loaded = window.Plotly as Plotly;
  // Plotly assembles its schema for every single figure.
  const schema = loaded.PlotSchema.get();
  loaded.PlotSchema.get = () => schema;
  script.cache();
  return loaded;
}
