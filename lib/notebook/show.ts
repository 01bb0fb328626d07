import { type Renderer, startRenderer } from "../export/browser";
import { validate } from "../export/validate";
import { captionText, withCaption } from "../figures/caption";
import type { Figure } from "../figures/figure";
import { display, displayInPlace, kernel } from "./kernel";

/** One browser per kernel, started for the first figure. */
let starting: Promise<Renderer | string> | undefined;
let told = false;

/**
 * Shows figures, one output each: a live Plotly figure where the page can render it, a picture
 * elsewhere (an untrusted notebook, GitHub), and a description where neither works.
 * @throws UserError if Plotly would not draw a figure as intended
 * @example
 * await show(...linear.figures(rows, preset, provenance));
 */
export async function show(...figures: readonly Figure[]): Promise<void> {
  for (const figure of figures) {
    validate(figure);
    const full = withCaption(figure);
    const text = [figure.alt, ...captionText(figure.provenance)].join("\n");
    if (!kernel()) {
      display({ "text/plain": `[${figure.name}] ${text}` });
      continue;
    }
    const { data, layout, config = {} } = full;
    const live = { "application/vnd.plotly.v1+json": { data, layout, config } };
    // The first figure does not wait for the browser to start: its picture follows.
    const isFirst = starting === undefined;
    const put = isFirst ? displayInPlace({ ...live, "text/plain": text }) : display;
    const picture = await pictureOf(full);
    if (picture) {
      const metadata = { "image/png": { width: layout.width } };
      put({ ...live, "image/png": picture, "text/plain": text }, metadata);
    } else if (!isFirst) display({ ...live, "text/plain": text });
  }
}

/** PNG at twice the size, base64; undefined, with one line that says why, if there is no browser. */
async function pictureOf(figure: Figure): Promise<string | undefined> {
  starting ??= startRenderer();
  let renderer = await starting;
  if (typeof renderer !== "string" && !renderer.alive()) {
    // A browser that the system ended (memory, a laptop's sleep) is replaced.
    starting = startRenderer();
    renderer = await starting;
  }
  if (typeof renderer !== "string") return (await renderer.draw(figure)).png.toString("base64");
  if (!told) process.stdout.write(`${renderer}\n`);
  told = true;
  return undefined;
}

/** Closes the browser that `show` draws with; otherwise it is closed with the kernel. */
export async function stopRenderer(): Promise<void> {
  const renderer = await starting;
  starting = undefined;
  if (renderer !== undefined && typeof renderer !== "string") await renderer.close();
}
