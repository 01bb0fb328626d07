import assert from "node:assert/strict";
import { type Browser, chromium, type Locator, type Page } from "playwright-core";
import { chromiums } from "../../lib/export/chromium";
import type { Lab } from "./lab";

/** The first browser that starts, or undefined. */
async function startBrowser(): Promise<Browser | undefined> {
  for await (const { executablePath, args, env } of chromiums()) {
    try {
      return await chromium.launch({
        executablePath,
        args: [...args, "--disable-background-networking"],
        env: { ...(process.env as Record<string, string>), ...env },
      });
    } catch {
      // The next candidate may work.
    }
  }
  return undefined;
}

const ERROR = '[data-mime-type="application/vnd.jupyter.stderr"]';

/** One notebook open in JupyterLab, used through what a person sees. */
export class NotebookPage {
  private constructor(
    readonly page: Page,
    private readonly browser: Browser,
  ) {}

  /**
   * Opens a notebook in a browser of its own: the one that npm ships is a single process and ends
   * with its first page. Undefined where there is no browser.
   */
  static async open(lab: Lab, path: string): Promise<NotebookPage | undefined> {
    const browser = await startBrowser();
    if (!browser) return undefined;
    try {
      const page = await browser.newPage({ viewport: { width: 1400, height: 1400 } });
      page.setDefaultTimeout(60_000);
      const notebook = new NotebookPage(page, browser);
      await notebook.goTo(lab, path);
      return notebook;
    } catch (error) {
      await browser.close();
      throw error;
    }
  }

  /** Leaves this notebook for another one. */
  async goTo(lab: Lab, path: string): Promise<void> {
    await this.page.goto(lab.address(path));
    await this.#panel.locator(".jp-Notebook").waitFor();
    await this.idle();
  }

  get #panel(): Locator {
    return this.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)");
  }

  get kernelName(): Locator {
    return this.#panel.locator(".jp-KernelName");
  }

  get codeCells(): Locator {
    return this.#panel.locator(".jp-CodeCell");
  }

  /** Prompt of a cell: "[3]:", or "[*]:" while it runs. */
  prompt(cell: number): Locator {
    return this.codeCells.nth(cell).locator(".jp-InputPrompt");
  }

  output(cell: number): Locator {
    return this.codeCells.nth(cell).locator(".jp-OutputArea-output");
  }

  error(cell: number): Locator {
    return this.codeCells.nth(cell).locator(ERROR);
  }

  /** What the status bar says of the kernel. */
  async idle(): Promise<void> {
    const bar = this.page.locator("#jp-main-statusbar");
    await bar.getByText("TypeScript (collapse-lab) | Idle").waitFor();
  }

  async menu(...names: readonly string[]): Promise<void> {
    for (const name of names) {
      await this.page
        .locator(".lm-MenuBar-item, .lm-Menu-item")
        .getByText(name, { exact: true })
        .click();
    }
  }

  /** Makes the window so wide that a figure has this much room: 432 px are bars, prompt and margins. */
  async makeRoom(width: number): Promise<void> {
    await this.page.setViewportSize({ width: width + 432, height: 1200 });
  }

  /** Ctrl+S; resolves when the file is written. */
  async save(): Promise<void> {
    const written = this.page.waitForResponse(
      (reply) => reply.request().method() === "PUT" && reply.url().includes("/api/contents/"),
    );
    await this.page.keyboard.press("Control+s");
    assert.equal((await written).status(), 200);
  }

  /** Whether JupyterLab thinks that there is something to save. */
  async changed(): Promise<boolean> {
    return (await this.page.locator(".lm-TabBar-tab.jp-mod-dirty").count()) > 0;
  }

  async runAll(): Promise<void> {
    await this.menu("Run", "Run All Cells");
  }

  async run(cell: number): Promise<void> {
    await this.codeCells.nth(cell).locator(".jp-InputPrompt").click();
    await this.page.keyboard.press("Control+Enter");
  }

  async interrupt(): Promise<void> {
    await this.#panel
      .locator('[data-command="notebook:interrupt-kernel"], [title^="Interrupt"]')
      .first()
      .click();
  }

  async restart(): Promise<void> {
    await this.menu("Kernel", "Restart Kernel…");
    await this.page
      .locator(".jp-Dialog")
      .getByRole("button", { name: "Confirm Kernel Restart" })
      .click();
    await this.idle();
  }

  /** Waits until no cell runs or waits for its turn. */
  async finished(timeout: number): Promise<void> {
    const waiting = this.#panel.locator(".jp-InputPrompt").getByText("[*]");
    await waiting.first().waitFor({ state: "hidden", timeout });
    await this.idle();
  }

  /** Text of every error, and of anything else on stderr. */
  errors(): Promise<string[]> {
    return this.#panel.locator(ERROR).allTextContents();
  }

  /** Figures in the page, pictures that become live when the mouse enters them. */
  get figures(): Locator {
    return this.#panel.locator(".jp-RenderedPlotly");
  }

  /** Moves the mouse onto a figure and waits until Plotly has drawn it. */
  async enliven(figure: Locator): Promise<void> {
    // Waits until the pictures above have their height and the figure stands still.
    await figure.hover({ position: { x: 60, y: 60 } });
    await figure.locator("svg.main-svg").first().waitFor();
  }

  close(): Promise<void> {
    return this.browser.close();
  }
}
