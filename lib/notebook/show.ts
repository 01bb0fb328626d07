import { type Drawing, startDrawing } from "../export/browser";
import { validate } from "../export/validate";
import { captioned, captionText } from "../figures/caption";
import type { Figure } from "../figures/figure";
import { display, kernel } from "./kernel";

/** One browser a kernel, started for the first figure. */
let drawing: Promise<Drawing | string> | undefined;
let told = false;

/**
 * Shows figures, one output each: a live Plotly figure where there is a renderer for it, a
 * picture elsewhere (an untrusted notebook, GitHub), its description where neither works.
 * @throws UserError if Plotly would not draw a figure as it is meant
 */
export async function show(...figures: readonly Figure[]): Promise<void> {
  for (const figure of figures) {
    validate(figure);
    const full = captioned(figure);
    const text = [figure.alt, ...captionText(figure.provenance)].join("\n");
    if (!kernel()) {
      display({ "text/plain": `[${figure.name}] ${text}` });
      continue;
    }
    const picture = await pictureOf(full);
    const { data, layout, config = {} } = full;
    const live = { "application/vnd.plotly.v1+json": { data, layout, config } };
    if (picture) {
      const metadata = { "image/png": { width: layout.width } };
      display({ ...live, "image/png": picture, "text/plain": text }, metadata);
    } else display({ ...live, "text/plain": text });
  }
}

/** PNG at twice the size, base64; undefined where there is no browser, with one line about it. */
async function pictureOf(figure: Figure): Promise<string | undefined> {
  drawing ??= startDrawing();
  let drawer = await drawing;
  if (typeof drawer !== "string" && !drawer.alive()) {
    // A browser that the system ended (memory, a laptop's sleep) is replaced.
    drawing = startDrawing();
    drawer = await drawing;
  }
  if (typeof drawer !== "string") return (await drawer.draw(figure)).png.toString("base64");
  if (!told) process.stdout.write(`${drawer}\n`);
  told = true;
  return undefined;
}

/** Ends the browser that `show` draws with, which otherwise ends with the kernel. */
export async function stopDrawing(): Promise<void> {
  const drawer = await drawing;
  drawing = undefined;
  if (drawer !== undefined && typeof drawer !== "string") await drawer.close();
}
