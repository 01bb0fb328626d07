import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

export const ROOT = resolve(import.meta.dirname, "..", "..");

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A second project with the real set-up, whose tools and folders a test takes away. */
export class Project {
  readonly root = mkdtempSync(join(tmpdir(), "collapse-lab-setup-"));
  readonly bin = join(this.root, "bin");

  constructor() {
    for (const name of ["setup", "package.json", "package-lock.json", "requirements.txt", ".npmrc"])
      cpSync(join(ROOT, name), join(this.root, name), { recursive: true });
    mkdirSync(this.bin);
    this.tool("node", process.execPath);
    this.tool("npm", join(dirname(process.execPath), "npm"));
  }

  /** Makes a program visible: the PATH of a run has nothing else. */
  tool(name: string, target: string): this {
    symlinkSync(target, join(this.bin, name));
    return this;
  }

  /** A program of the test's own. */
  script(name: string, text: string): this {
    writeFileSync(join(this.bin, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
    return this;
  }

  /** Takes a finished part from this project. */
  borrow(name: string): this {
    mkdirSync(dirname(join(this.root, name)), { recursive: true });
    symlinkSync(join(ROOT, name), join(this.root, name));
    return this;
  }

  /** npm packages that count as installed, with an addon that was never built. */
  packagesWithoutAddon(): this {
    const modules = join("node_modules", "@tensorflow", "tfjs-node");
    mkdirSync(join(this.root, modules), { recursive: true });
    const list = join("node_modules", ".package-lock.json");
    cpSync(join(ROOT, list), join(this.root, list));
    cpSync(join(ROOT, modules, "package.json"), join(this.root, modules, "package.json"));
    return this;
  }

  run(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
    const child = spawn(process.execPath, [join(this.root, "setup", "run.mjs"), ...args], {
      cwd: this.root,
      env: { HOME: this.root, PATH: this.bin, ...env },
    });
    const said = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const)
      child[name].on("data", (text: Buffer) => {
        said[name] += text.toString();
      });
    return new Promise((done) => child.once("close", (code) => done({ code, ...said })));
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
