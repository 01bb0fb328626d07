import { type ChildProcess, spawn } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

export const ROOT = resolve(import.meta.dirname, "..", "..");
/** Notebooks of the tests; git ignores it. */
export const WORK = join("test", "e2e", "work.tmp");

/** `npm run lab -- --no-browser`, as a person would have it in a terminal. */
export interface Lab {
  /** Address of a notebook inside the project. */
  address(path: string): string;
  /** Ctrl-C. Resolves with the exit code. */
  stop(): Promise<number | null>;
}

export async function startLab(env: NodeJS.ProcessEnv = {}): Promise<Lab> {
  const command = [join(ROOT, "setup", "run.mjs"), "lab", "--no-browser"];
  // Neither are the settings of whoever runs the tests used, nor are they changed.
  const settings = `--LabApp.user_settings_dir=${join(ROOT, WORK, "settings")}`;
  const server = spawn(process.execPath, [...command, settings], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise<number | null>((done) => server.once("close", done));
  const { origin, token } = await announced(server);
  return {
    address: (path) => `${origin}/lab/tree/${path}?token=${token}&reset`,
    stop: () => {
      server.kill("SIGINT");
      return ended;
    },
  };
}

/** The address that the command prints. */
function announced(server: ChildProcess): Promise<{ origin: string; token: string }> {
  return new Promise((resolve, reject) => {
    server.once("close", (code) => reject(new Error(`npm run lab ended with ${code}`)));
    createInterface({ input: server.stdout! }).on("line", (line) => {
      const [, origin, token] = /(http:\/\/localhost:\d+)\/\S*token=(\w+)/.exec(line) ?? [];
      if (origin) resolve({ origin, token });
    });
  });
}

/** Copies a notebook of the project for a test; returns its path inside the project. */
export function copyNotebook(name: string): string {
  mkdirSync(join(ROOT, WORK), { recursive: true });
  const path = join(WORK, name);
  copyFileSync(join(ROOT, "notebooks", name), join(ROOT, path));
  return path;
}

/** The project's notebooks. */
export const notebooks = readdirSync(join(ROOT, "notebooks")).filter((file) =>
  file.endsWith(".ipynb"),
);

/** Writes a notebook for a test; returns its path inside the project. */
export function writeNotebook(name: string, cells: readonly string[]): string {
  mkdirSync(join(ROOT, WORK), { recursive: true });
  const path = join(WORK, `${name}.ipynb`);
  const notebook = {
    cells: cells.map((source, i) => ({
      cell_type: "code",
      execution_count: null,
      id: `cell-${i + 1}`,
      metadata: {},
      outputs: [],
      source,
    })),
    metadata: {
      kernelspec: {
        display_name: "TypeScript (collapse-lab)",
        language: "typescript",
        name: "collapse-lab",
      },
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
  writeFileSync(join(ROOT, path), JSON.stringify(notebook));
  return path;
}
