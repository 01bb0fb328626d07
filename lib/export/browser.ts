import * as fs from "node:fs";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { messageOf } from "../errors";
import type { Figure } from "../figures/figure";
import { chromiums, HOW_TO_GET_PICTURES } from "./chromium";
import { compressPng } from "./compress";

export interface Pictures {
  /** SVG with text as text. */
  readonly svg: string;
  /** At twice the figure's size. */
  readonly png: Buffer;
}

/** One headless browser with one page that holds Plotly. */
export interface Renderer {
  draw(figure: Figure): Promise<Pictures>;
  /** Whether the browser still runs. */
  alive(): boolean;
  close(): Promise<void>;
}

/** Starts the first browser that works; otherwise returns a sentence that says why there is none. */
export async function startRenderer(
  env?: Readonly<Record<string, string | undefined>>,
): Promise<Renderer | string> {
  let reason = "no Chromium was found";
  try {
    for await (const candidate of chromiums(env)) {
      try {
        return await start(candidate);
      } catch (error) {
        reason = `${candidate.executablePath} did not start (${firstLine(messageOf(error))})`;
      }
    }
  } catch (error) {
    reason = `the browser from npm could not be unpacked (${firstLine(messageOf(error))})`;
  }
  return `Figures are written as JSON only, because ${reason}. ${HOW_TO_GET_PICTURES}`;
}

async function start(chromium: {
  executablePath: string;
  args: readonly string[];
  env?: Readonly<Record<string, string>>;
}): Promise<Renderer> {
  const { chromium: launcher } = await import("playwright-core");
  const browser: Browser = await launcher.launch({
    executablePath: chromium.executablePath,
    args: [...chromium.args],
    env: { ...(process.env as Record<string, string>), ...chromium.env },
    // A notebook's interrupt must stop the training and not the browser, which ends with this process.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  try {
    const page = await browser.newPage();
    await loadPlotly(page);
    await page.addScriptTag({ content: DRAW_IN_PAGE });
    return {
      draw: (figure) => draw(page, figure),
      alive: () => browser.isConnected() && !page.isClosed(),
      close: () => browser.close(),
    };
  } catch (error) {
    await browser.close();
    throw error;
  }
}

const EMPTY = "<!doctype html><meta charset=utf-8><body></body>";

async function loadPlotly(page: Page): Promise<void> {
  const file = require.resolve("plotly.js-dist");
  try {
    // A page of the file system may read the script from there, in half the time of sending it.
    await page.goto(pathToFileURL(require.resolve("plotly.js-dist/package.json")).href);
    await page.setContent(EMPTY);
    await page.addScriptTag({ url: pathToFileURL(file).href });
  } catch {
    // Browsers from a snap see only some folders.
    await page.goto("about:blank");
    await page.setContent(EMPTY);
    await page.addScriptTag({ content: fs.readFileSync(file, "utf8") });
  }
}

async function draw(page: Page, figure: Figure): Promise<Pictures> {
  const { data, layout } = figure;
  const call = `draw(${JSON.stringify({ data, layout })})`;
  const images = await page.evaluate<{ svg: string; png: string }>(call);
  return {
    svg: `${decodeURIComponent(images.svg.slice(images.svg.indexOf(",") + 1))}\n`,
    png: compressPng(Buffer.from(images.png.slice(images.png.indexOf(",") + 1), "base64")),
  };
}

/** Runs in the page, so it is text. */
const DRAW_IN_PAGE = `window.draw = async (figure) => {
  // Plotly names the parts of a drawing at random; the same figure must give the same bytes.
  let state = 1;
  Math.random = () => (state = (state * 16807) % 2147483647) / 2147483647;
  const size = { width: figure.layout.width, height: figure.layout.height };
  const svg = await Plotly.toImage(figure, { format: "svg", ...size });
  const png = await Plotly.toImage(figure, { format: "png", scale: 2, ...size });
  return { svg, png };
}`;

function firstLine(text: string): string {
  return text.split("\n")[0].replace(/[.:\s]+$/, "");
}
