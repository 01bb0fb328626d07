import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { withCaption } from "../figures/caption";
import type { Figure } from "../figures/figure";
import { writeFileAtomic } from "../store/atomic";
import { type Renderer, startRenderer } from "./browser";
import { validate } from "./validate";

export interface Saved {
  /** Files that are new or different now. */
  readonly written: readonly string[];
  /** Why there are no pictures, in one line; absent when all are there. */
  readonly note?: string;
}

/**
 * Writes each figure as NAME.json (the Plotly figure with its provenance), NAME.svg and NAME.png (twice
 * its size). Figures that would look the same as the existing files are skipped, so that a repeated run
 * starts no browser and changes no file. Without a browser only the JSON is written, and `note` says how
 * to get pictures.
 * @throws UserError if Plotly would not draw a figure as intended
 */
export async function saveFigures(
  figures: readonly Figure[],
  directory: string,
  env?: Readonly<Record<string, string | undefined>>,
): Promise<Saved> {
  fs.mkdirSync(directory, { recursive: true });
  const due = figures
    .map((figure) => ({
      figure,
      base: path.join(directory, figure.name),
      drawing: drawingOf(figure),
    }))
    .filter(({ base, drawing }) => !isThere(base, drawing));
  for (const { figure } of due) validate(figure);
  if (due.length === 0) return { written: [] };
  const written: string[] = [];
  const write = (file: string, content: string | Buffer) => {
    if (fs.existsSync(file) && fs.readFileSync(file).equals(Buffer.from(content))) return;
    writeFileAtomic(file, content);
    written.push(file);
  };
  const renderer = await startRenderer(env);
  try {
    for (const { figure, base, drawing } of due) {
      const full = withCaption(figure);
      if (typeof renderer === "string") {
        if (drawingIn(base) === drawing) continue;
        // A picture of an earlier state must not stay next to the new data.
        for (const ending of [".svg", ".png"]) fs.rmSync(base + ending, { force: true });
      } else {
        const { svg, png } = await renderer.draw(full);
        write(`${base}.svg`, svg);
        write(`${base}.png`, png);
      }
      write(`${base}.json`, toJson(full, drawing));
    }
  } finally {
    if (typeof renderer !== "string") await (renderer as Renderer).close();
  }
  return typeof renderer === "string" ? { written, note: renderer } : { written };
}

/** Raise it when the same figure gives other captions or pictures. */
const LOOK = 2;

/**
 * Hash of everything that determines how a figure looks, except for the commit and the versions in its
 * caption other than Plotly's: a figure drawn again from the same numbers keeps its first caption.
 */
function drawingOf(figure: Figure): string {
  const { versions, ...about } = figure.provenance;
  const content = JSON.stringify([
    LOOK,
    figure.data,
    figure.layout,
    figure.config ?? {},
    figure.alt,
    about,
    versions.plotly ?? "",
  ]);
  return createHash("sha256").update(content).digest("hex");
}

function isThere(base: string, drawing: string): boolean {
  const pictures = [".svg", ".png"].every((ending) => fs.existsSync(base + ending));
  return pictures && drawingIn(base) === drawing;
}

function drawingIn(base: string): string | undefined {
  try {
    return JSON.parse(fs.readFileSync(`${base}.json`, "utf8")).drawing;
  } catch {
    return undefined; // Missing or truncated: then it is written again.
  }
}

/** Indented JSON with lists of numbers on one line. */
function toJson(figure: Figure, drawing: string): string {
  const { data, layout, config, name, alt } = figure;
  const text = JSON.stringify({ name, alt, drawing, data, layout, config }, null, 1);
  // A line break is never inside a JSON string, so only structure is matched here.
  return `${text.replace(/\[\n\s+([^[\]{}]*?)\n\s*\]/g, (_, list: string) => `[${list.replace(/\n\s+/g, " ")}]`)}\n`;
}
